/** A refusal in plain words. */
export interface Message {
  /** What happened. */
  title: string;
  /** What to do about it. */
  advice: string;
}

const UNEXPECTED: Message = {
  title: 'Something went wrong.',
  advice: 'Please try again. If it happens again, tell the people who run this site.',
};

const PROOF_REFUSED: Message = {
  title: 'The server did not accept what the sign-in service said about you.',
  advice: 'Please sign in again. If it happens again, tell the people who run this site.',
};

const MISCONFIGURED: Message = {
  title: 'This site and its server do not agree about the sign-in service.',
  advice: 'You cannot mend this yourself: please tell the people who run this site.',
};

const UNFINISHED: Message = {
  title: 'The sign-in was not completed.',
  advice: 'It took too long, was opened twice, or your browser did not keep its cookies. Please start again here.',
};

const PROVIDER_UNREACHABLE: Message = {
  title: 'The sign-in service cannot be reached at the moment.',
  advice: 'Please try again in a minute, or use another way to sign in.',
};

const SERVER_UNAVAILABLE: Message = {
  title: 'The server cannot be reached at the moment.',
  advice: 'Your data is safe. Please try again in a minute.',
};

const PROVIDER_REFUSED: Message = {
  title: 'The sign-in service did not let you in.',
  advice: 'Please try again, or use another way to sign in.',
};

const NOT_ALLOWED: Message = {
  title: 'You are signed in, but not allowed to do this.',
  advice: 'If you think that is a mistake, please tell the people who run this site.',
};

const SIGN_IN_AGAIN: Message = { title: 'Please sign in to go on.', advice: 'Choose one of the buttons below.' };

const SESSION_EXPIRED: Message = {
  title: 'Your session has ended.',
  advice: 'It was too old, or was ended from another device. Please sign in again.',
};

/** What to say for each code of the backend's error catalogue. */
const backendMessages = {
  invalid_request: UNEXPECTED,
  invalid_scope: { title: 'These rights cannot be given.', advice: 'Please choose others.' },
  link_ticket_invalid: {
    title: 'The two sign-ins were not linked: the time for it was over, or they belong to different people.',
    advice: 'To be asked again, sign out and sign in the way that was refused.',
  },
  provider_token_invalid: PROOF_REFUSED,
  provider_token_expired: UNFINISHED,
  provider_token_too_old: UNFINISHED,
  provider_token_not_yet_valid: {
    title: 'The clocks of this site and of the sign-in service differ too much.',
    advice: 'Please try again in a minute. If it happens again, tell the people who run this site.',
  },
  provider_token_wrong_audience: MISCONFIGURED,
  provider_token_wrong_issuer: MISCONFIGURED,
  provider_token_wrong_kind: MISCONFIGURED,
  auth0_audience_missing: MISCONFIGURED,
  provider_token_wrong_nonce: PROOF_REFUSED,
  provider_token_replayed: UNFINISHED,
  authentication_required: SIGN_IN_AGAIN,
  invalid_token: SESSION_EXPIRED,
  insufficient_user_authentication: {
    title: 'Please sign in once more to do this.',
    advice: 'It shows that it is really you. You then come back to where you were, and can do it.',
  },
  account_disabled: {
    title: 'Your account is disabled.',
    advice: 'You cannot sign in. If you think that is a mistake, please tell the people who run this site.',
  },
  sign_up_disabled: {
    title: 'You have no account here, and new ones are not made.',
    advice: 'If you have one, sign in the way you did before. Otherwise ask the people who run this site.',
  },
  sign_in_not_allowed: {
    title: 'This site is only for people of certain organisations.',
    advice: 'Please sign in with an account of such an organisation, or ask the people who run this site.',
  },
  email_not_verified: {
    title: 'The two sign-ins were not linked: an e-mail address is not verified.',
    advice: 'Please verify it with the sign-in service, sign in with that service once more, then try again.',
  },
  insufficient_scope: NOT_ALLOWED,
  role_required: NOT_ALLOWED,
  not_found: { title: 'This does not exist, or no longer.', advice: 'Please reload the page.' },
  method_not_allowed: UNEXPECTED,
  email_in_use: {
    title: 'Your e-mail address already belongs to another account here.',
    advice:
      'Sign in the way you did the first time. If you never signed in here before, tell the people who run this site.',
  },
  identity_in_use: {
    title: 'This way to sign in already leads to another account here.',
    advice: 'Sign in with it, and unlink it there or delete that account. Then link it here.',
  },
  last_identity: {
    title: 'This is the only way into your account.',
    advice: 'Link another way to sign in first, then unlink this one. Or delete the account.',
  },
  not_revocable_here: UNEXPECTED,
  token_exchange_required: UNEXPECTED,
  token_already_rotated: UNEXPECTED,
  token_limit_reached: {
    title: 'You are signed in in too many places.',
    advice: 'Please sign out somewhere else, then try again.',
  },
  payload_too_large: { title: 'That is too long.', advice: 'Please shorten it and try again.' },
  unsupported_media_type: UNEXPECTED,
  too_many_requests: {
    title: 'That was too often in a short time.',
    advice: 'Please wait a minute, then try again.',
  },
  internal_error: UNEXPECTED,
  provider_unavailable: PROVIDER_UNREACHABLE,
  database_unavailable: SERVER_UNAVAILABLE,
} satisfies Record<string, Message>;

/** What to say for the codes of this site. */
const siteMessages = {
  backend_unavailable: SERVER_UNAVAILABLE,
  session_expired: SESSION_EXPIRED,
  unexpected: UNEXPECTED,
  access_denied: {
    title: 'You are not signed in: the sign-in was cancelled.',
    advice: 'If you did not cancel it, the sign-in service refused you. You can try again, or use another way.',
  },
  provider_refused: PROVIDER_REFUSED,
  provider_unreachable: PROVIDER_UNREACHABLE,
  link_cancelled: {
    title: 'Nothing was linked: you cancelled, or the sign-in service refused you.',
    advice: 'You are still signed in as before, and can try again.',
  },
  link_unfinished: {
    title: 'Nothing was linked: it took too long, was opened twice, or you signed out meanwhile.',
    advice: 'Please start again from here.',
  },
  form_outdated: { title: 'Nothing was done: the page was too old.', advice: 'Please try again.' },
  confirmation_missing: {
    title: 'Nothing was deleted: the words do not match.',
    advice: 'Please type them exactly as they stand there.',
  },
} satisfies Record<string, Message>;

/** What to say for the codes of next-auth. */
const nextAuthMessages = {
  Signin: UNFINISHED,
  OAuthSignin: PROVIDER_UNREACHABLE,
  OAuthCallback: UNFINISHED,
  OAuthCreateAccount: UNEXPECTED,
  OAuthAccountNotLinked: UNEXPECTED,
  Callback: UNFINISHED,
  AccessDenied: PROVIDER_REFUSED,
  SessionRequired: SIGN_IN_AGAIN,
  Configuration: MISCONFIGURED,
} satisfies Record<string, Message>;

const messages = new Map<string, Message>(
  [backendMessages, siteMessages, nextAuthMessages].flatMap((group) => Object.entries(group)),
);

/** The codes of the backend that have words here. */
export const backendCodes: ReadonlySet<string> = new Set(Object.keys(backendMessages));

/** The codes that have words of their own. */
export const knownCodes: ReadonlySet<string> = new Set(messages.keys());

/** What is known about the ways in that a refusal is about, by the names that people call them. */
export interface RefusedWay {
  /** The provider that would have worked. */
  otherProviderTitle?: string;
  /** The provider that was refused, where the two can be linked. */
  linkableProviderTitle?: string;
}

/** What to say for a code; one that nobody knows gets words too. */
export function refusalMessage(code: string, way: RefusedWay = {}): Message {
  const message = messages.get(code) ?? UNEXPECTED;
  return code === 'email_in_use' ? { ...message, advice: adviceOnAddress(way) ?? message.advice } : message;
}

function adviceOnAddress({
  otherProviderTitle: other,
  linkableProviderTitle: refused,
}: RefusedWay): string | undefined {
  const origin = other && `That account was made by signing in with ${other}.`;
  if (refused) {
    const how = other ? `Sign in with ${other}, as before` : 'Sign in the way you did before';
    return `${origin ? `${origin} ` : ''}${how}; then it can be linked with ${refused}.`;
  }
  return origin && `${origin} Please continue with ${other}.`;
}
