import type { SignOutReach } from '../api/api.token';

/** What a sign-out came to, as the sign-in page tells it. */
export type SignOutNotice = 'signed_out' | 'signed_out_everywhere' | 'signed_out_token_alive' | 'signed_out_here_only';

/** The notice after a sign-out, given whether the backend ended the tokens. */
export function signOutNotice(reach: SignOutReach, revoked: boolean): SignOutNotice {
  if (reach === 'everywhere') return revoked ? 'signed_out_everywhere' : 'signed_out_here_only';
  return revoked ? 'signed_out' : 'signed_out_token_alive';
}
