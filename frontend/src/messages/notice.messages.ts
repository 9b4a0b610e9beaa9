import type { SignOutNotice } from '../session/sign-out.notice';

/** A sentence about something that the person asked for and that is done, or nearly. */
export interface Notice {
  text: string;
  /** Whether something remains that the person should know of. */
  warning: boolean;
}

const notices: Readonly<Record<SignOutNotice, Notice>> = {
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
};

/** The sentence for a notice's code, or undefined for codes that are none. */
export function noticeMessage(code: string | undefined): Notice | undefined {
  return code !== undefined && Object.hasOwn(notices, code) ? notices[code as SignOutNotice] : undefined;
}
