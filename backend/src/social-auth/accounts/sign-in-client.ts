import type { EventClient } from '../security-log/security-event';

/** Where a sign-in comes from. */
export interface SignInClient extends EventClient {
  /** Id of the request, for the log. */
  requestId: string | undefined;
}
