import type { AuthScheme } from './authorization-header';

/** Injection token of the {@link GuardSettings}. */
export const GUARD_SETTINGS = 'SOCIAL_AUTH_GUARD_SETTINGS';

/** How the guard speaks. */
export interface GuardSettings {
  /** Accepted schemes; each gets its challenge. */
  schemes: readonly AuthScheme[];
  /** The realm of the challenge. */
  realm: string;
  /** How old a sign-in may be for `@RequireFreshSignIn()` without a number of its own, in seconds. */
  freshSignInSeconds: number;
}
