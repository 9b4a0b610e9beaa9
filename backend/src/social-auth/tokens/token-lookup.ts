import { Inject, Injectable } from '@nestjs/common';
import { SocialAuthDatabase, type Statement } from '../database/social-auth.database';
import type { Principal } from './principal';
import { TokenDigest } from './token-digest';
import { TokenFormat } from './token-format';

/** Injection token: whether statements are prepared; off behind a pooler that cannot keep them. */
export const PREPARED_STATEMENTS = 'SOCIAL_AUTH_PREPARED_STATEMENTS';

interface TokenRow {
  token_id: string;
  token_provider: string;
  scopes: string[] | null;
  token_created_at: Date;
  expires_at: Date;
  account_id: string;
  email: string | null;
  email_verified: boolean;
  name: string | null;
  picture: string | null;
  provider: string;
  created_at: Date;
}

const LOOK_UP = `
  select t.id as token_id, t.provider as token_provider, t.scopes, t.created_at as token_created_at, t.expires_at,
         a.id as account_id, a.email, a.email_verified, a.name, a.picture, a.provider, a.created_at
    from social_auth_token t
    join social_auth_account a on a.id = t.account_id
   where t.digest = any($1::bytea[])
     and t.revoked_at is null
     and t.expires_at > now()
     and a.disabled_at is null`;

/** Finds the principal behind a presented token. */
@Injectable()
export class TokenLookup {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly format: TokenFormat,
    private readonly digest: TokenDigest,
    @Inject(PREPARED_STATEMENTS) private readonly prepared: boolean,
  ) {}

  /**
   * The principal of a token that lives, or `undefined`: junk without asking the database; unknown, expired and
   * revoked tokens and those of disabled accounts by one and the same statement.
   *
   * @throws DatabaseUnavailableError
   */
  async find(token: string): Promise<Principal | undefined> {
    if (!this.format.recognises(token)) return undefined;
    const statement: Statement = { text: LOOK_UP, values: [this.digest.candidates(token)] };
    if (this.prepared) statement.name = 'social_auth_token_lookup';
    const [row] = await this.database.query<TokenRow>(statement);
    return row && principalOf(row);
  }
}

function principalOf(row: TokenRow): Principal {
  return Object.freeze({
    account: Object.freeze({
      id: row.account_id,
      email: row.email,
      emailVerified: row.email_verified,
      name: row.name,
      picture: row.picture,
      provider: row.provider,
      createdAt: row.created_at,
    }),
    token: Object.freeze({
      id: row.token_id,
      provider: row.token_provider,
      scopes: row.scopes ? Object.freeze(row.scopes) : undefined,
      createdAt: row.token_created_at,
      expiresAt: row.expires_at,
    }),
  });
}
