/** What the backend issued to a person, as the encrypted session cookie keeps it. */
export interface ApiSession {
  /** The backend's opaque token. */
  token: string;
  /** When the backend stops to accept it, in seconds since 1970. */
  expiresAt: number;
  /** Whom it stands for, as the backend knew them at the sign-in. */
  account: AccountSummary;
}

/** The part of an account that a page's frame shows without asking the backend. */
export interface AccountSummary {
  id: string;
  email: string | null;
  name: string | null;
  picture: string | null;
  provider: string;
}
