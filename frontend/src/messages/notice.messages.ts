import type { SignOutNotice } from '../session/sign-out.notice';

/** A sentence about something that the person asked for and that is done, or nearly. */
export interface Notice {
  text: string;
  /** Whether something remains that the person should know of. */
  warning: boolean;
}

/** What a form of the account pages came to. */
export type AccountNotice =
  | 'session_ended'
  | 'other_sessions_ended'
  | 'identity_linked'
  | 'identity_unlinked'
  | 'link_declined'
  | 'account_deleted'
  | 'unlinked_signed_out';

const notices: Readonly<Record<SignOutNotice | AccountNotice, Notice>> = {
  signed_out: { text: 'You are signed out.', warning: false },
  signed_out_everywhere: { text: 'You are signed out here and on all your other devices.', warning: false },
  signed_out_token_alive: {
    text:
      'You are signed out in this browser. The server could not be reached, so it was not told: what this browser had ' +
      'ends by itself when it expires, after a day unless the server is set otherwise.',
    warning: true,
  },
  signed_out_here_only: {
    text:
      'You are signed out in this browser only. The server could not be reached, so your other devices are still ' +
      'signed in: sign in again later and repeat “Sign out everywhere”.',
    warning: true,
  },
  session_ended: { text: 'The session is ended.', warning: false },
  other_sessions_ended: { text: 'All other sessions are ended. This one goes on.', warning: false },
  identity_linked: { text: 'Linked. From now on it leads into this account too.', warning: false },
  identity_unlinked: { text: 'Unlinked. It no longer leads into this account.', warning: false },
  link_declined: { text: 'Nothing was linked. You will not be asked again.', warning: false },
  account_deleted: { text: 'Your account is deleted, and you are signed out everywhere.', warning: false },
  unlinked_signed_out: {
    text: 'Unlinked. You had signed in that way, so you are signed out: sign in another way.',
    warning: false,
  },
};

/** The sentence for a notice's code, or undefined for codes that are none. */
export function noticeMessage(code: string | undefined): Notice | undefined {
  return code !== undefined && Object.hasOwn(notices, code) ? notices[code as keyof typeof notices] : undefined;
}
