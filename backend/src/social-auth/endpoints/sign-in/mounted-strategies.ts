import type { SocialAuthStrategy } from '../../verification/verified-credential';

/** Injection token of the {@link MountedStrategies}. */
export const MOUNTED_STRATEGIES = 'SOCIAL_AUTH_MOUNTED_STRATEGIES';

/** The strategy of each mounted provider, by its name; for handlers that serve all of them. */
export type MountedStrategies = ReadonlyMap<string, SocialAuthStrategy>;
