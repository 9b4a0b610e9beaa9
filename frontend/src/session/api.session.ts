/** What the backend issued to a person, as the encrypted session cookie keeps it. */
export interface ApiSession {
  /** The backend's opaque token. */
  token: string;
  /** When the backend stops to accept it, in seconds since 1970. */
  expiresAt: number;
  /** The id of the provider of this sign-in; absent in the cookies of earlier releases. */
  signedInWith?: string;
  /** Whom it stands for, as the backend knew them at the sign-in. */
  account: AccountSummary;
}

/** The part of an account that a page's frame shows without asking the backend. */
export interface AccountSummary {
  id: string;
  email: string | null;
  name: string | null;
  picture: string | null;
  /** The id of the provider of its first sign-in. */
  provider: string;
}

/** The provider with which whoever has this session would sign in again. */
export function providerOfSession(session: ApiSession): string {
  return session.signedInWith ?? session.account.provider;
}
