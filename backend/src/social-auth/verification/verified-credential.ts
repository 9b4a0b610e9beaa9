/** How a client names what it posts: `auth_token` is a token of either kind, as clients of Django REST Framework send it. */
export type CredentialKind = 'id_token' | 'access_token';

/** A provider token as a client posted it, not yet believed. */
export interface PostedCredential {
  kind: CredentialKind | 'auth_token';
  token: string;
}

/** One person at one provider; `(issuer, subject)` is the key, never the e-mail address. */
export interface VerifiedIdentity {
  /** Name of the provider definition, for instance `google`. */
  provider: string;
  /** The first configured spelling of the issuer, whichever accepted one the token carried. */
  issuer: string;
  /** 1 to 255 printable ASCII characters, compared byte for byte. */
  subject: string;
  /** As the provider gave it; absent when it gave none. */
  email?: string;
  /** True only if the provider said so and the address is plain ASCII, so that no look-alike is ever compared. */
  emailVerified: boolean;
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
  /** When the provider issued the token; where it does not say, the earliest moment at which it can have. */
  issuedAt: Date;
  expiresAt: Date;
  /** When the person last proved who they are to the provider. */
  authTime?: Date;
  nonce?: string;
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
