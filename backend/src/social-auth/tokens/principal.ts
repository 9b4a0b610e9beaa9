/** Whose an account may be: a person's, or a program's that signs in for itself. */
export const ACCOUNT_KINDS = ['person', 'machine'] as const;

/** One of {@link ACCOUNT_KINDS}. */
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** The account behind a request. */
export interface PrincipalAccount {
  readonly id: string;
  readonly kind: AccountKind;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly picture: string | null;
  /** The provider of the account's first sign-in. */
  readonly provider: string;
  /** What `@RequireRoles()` asks for. */
  readonly roles: readonly string[];
  readonly createdAt: Date;
}

/** How a token came to be: by a sign-in, or made by its owner for a program. */
export type TokenKind = 'sign_in' | 'personal';

/** How a request came by its token: `direct`: the provider issued it, and nothing of it is kept here. */
export type PrincipalTokenKind = TokenKind | 'direct';

/** The token of a request; never the secret itself. */
export interface PrincipalToken {
  /** Of a `direct` one there is no row: it is made of the token's digest, so that one can be told from another. */
  readonly id: string;
  readonly kind: PrincipalTokenKind;
  /** The provider through which its owner signed in. */
  readonly provider: string;
  /** What it reaches; `undefined`: everything that its account may do. */
  readonly scopes: readonly string[] | undefined;
  readonly createdAt: Date;
  /** Its absolute end; it ends earlier where it may not lie idle for so long. */
  readonly expiresAt: Date;
  /** When the provider last proved who its owner is; `undefined`: the token is never fresh. */
  readonly authenticatedAt: Date | undefined;
  /** It was rotated and the grace is over: it reaches the rotation alone, in case the answer was lost. */
  readonly isSuperseded: boolean;
}

/**
 * Who sends a request, frozen: `request.user` behind the guard. Requests share it, so that its moments are made anew at
 * each reading: `JSON.stringify` has them, a copy by `{ ...account }` or `structuredClone` has not; `toJSON()` copies all.
 */
export interface Principal {
  readonly account: PrincipalAccount;
  readonly token: PrincipalToken;
}
