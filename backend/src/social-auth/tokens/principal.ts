/** The account behind a request. */
export interface PrincipalAccount {
  readonly id: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly picture: string | null;
  /** The provider of the account's first sign-in. */
  readonly provider: string;
  readonly createdAt: Date;
}

/** The token of a request; never the secret itself. */
export interface PrincipalToken {
  readonly id: string;
  /** The provider through which its owner signed in. */
  readonly provider: string;
  /** What it reaches; `undefined`: everything that its account may do. */
  readonly scopes: readonly string[] | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Who sends a request, frozen: `request.user` behind the guard. */
export interface Principal {
  readonly account: PrincipalAccount;
  readonly token: PrincipalToken;
}
