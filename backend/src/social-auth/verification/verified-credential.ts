/** How a client names what it posts: `auth_token` is a token of either kind, as clients of Django REST Framework send it. */
export type CredentialKind = 'id_token' | 'access_token';

/** A provider token as a client posted it, not yet believed. */
export interface PostedCredential {
  kind: CredentialKind | 'auth_token';
  token: string;
  /** Whether its nonce must be one that was issued here; a strategy need not look at it. Default: false. */
  nonceRequired?: boolean;
}

/** One person at one provider; `(issuer, subject)` is the key, never the e-mail address. */
export interface VerifiedIdentity {
  /** Name of the provider definition, for instance `google`. */
  provider: string;
  /** The first configured spelling of the issuer, whichever accepted one the token carried. */
  issuer: string;
  /** 1 to 255 printable ASCII characters, compared byte for byte. */
  subject: string;
  /**
   * True only for a program that signed in for itself, and that the operator has listed: its account is one of a machine.
   * It has no address. Default: false, a person.
   */
  machine?: boolean;
  /** As the provider gave it; absent when it gave none. */
  email?: string;
  /** True only if the provider said so and the address is plain ASCII, so that no look-alike is ever compared. */
  emailVerified: boolean;
  /**
   * True only where the provider speaks for the address itself (it hosts it, or is the one directory of an
   * organisation), so that an identity may be linked to an account by it. Default: false.
   */
  emailAuthoritative?: boolean;
  /** The organisation's domain at the provider, for instance Google's `hd`. */
  hostedDomain?: string;
  /** Without control characters, at most 200 characters. Text, never HTML. */
  name?: string;
  /** An https address (or one of the issuer itself) of at most 2,048 characters; never fetched by this server. */
  picture?: string;
}

/** What a strategy has proven about a posted token. It knows nothing of accounts, HTTP or the database. */
export interface VerifiedCredential {
  identity: VerifiedIdentity;
  kind: CredentialKind;
  /** The client of ours to which the provider issued the token. */
  clientId: string;
  /** On what that client runs, as configured; a strategy leaves it out, unless the token itself says so. */
  platform?: string;
  /**
   * What the client says that the person is called, bounded like a name; proven by nobody. It names an account that is
   * made of this credential, where the provider says no name, and changes nothing else. A strategy leaves it out.
   */
  claimedName?: string;
  /** When the provider issued the token; where it does not say, the earliest moment at which it can have. */
  issuedAt: Date;
  expiresAt: Date;
  /** When the person last proved who they are to the provider. */
  authTime?: Date;
  nonce?: string;
  /** What tells this ID token from every other of the same second (`jti`, or else `at_hash`). */
  tokenId?: string;
  /** The provider's session id (`sid`). */
  sessionId?: string;
  scopes?: readonly string[];
  permissions?: readonly string[];
}

/** Proves a posted provider token. */
export interface SocialAuthStrategy {
  /**
   * @throws ProviderTokenRefusedError if the token proves nothing here.
   * @throws ProviderUnavailableError if that cannot be found out now.
   */
  verify(credential: PostedCredential): Promise<VerifiedCredential>;
}
