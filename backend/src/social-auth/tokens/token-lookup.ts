import { Inject, Injectable } from '@nestjs/common';
import { SocialAuthDatabase, type Statement } from '../database/social-auth.database';
import { LastUse } from './last-use';
import type { AccountKind, Principal, TokenKind } from './principal';
import { TokenDigest } from './token-digest';
import { TokenFormat } from './token-format';
import { lives } from './token-life';
import { TokenReuse } from './token-reuse';
import { TOKEN_RULES, type TokenRules } from './token-rules';

/** Injection token: whether statements are prepared; off behind a pooler that cannot keep them. */
export const PREPARED_STATEMENTS = 'SOCIAL_AUTH_PREPARED_STATEMENTS';

interface TokenRow {
  token_id: string;
  kind: TokenKind;
  token_provider: string;
  scopes: string[] | null;
  authenticated_at: Date | null;
  token_created_at: Date;
  expires_at: Date;
  /** Seconds since the last use that is recorded; null: there is none. */
  used_ago: number | null;
  is_successor: boolean;
  is_superseded: boolean;
  account_id: string;
  account_kind: AccountKind;
  email: string | null;
  email_verified: boolean;
  name: string | null;
  picture: string | null;
  provider: string;
  roles: string[];
  created_at: Date;
}

/** SQL: whether the token in `t` was rotated so long ago that the grace, $2 seconds, is over. */
const IS_SUPERSEDED = `coalesce(t.rotated_at + make_interval(secs => $2) <= now(), false)`;

// A superseded token is found even past its idle end: whoever presents it then may have stolen it.
const LOOK_UP = `
  select t.id as token_id, t.kind, t.provider as token_provider, t.scopes, t.authenticated_at,
         t.created_at as token_created_at, t.expires_at, extract(epoch from now() - t.last_used_at)::float8 as used_ago,
         t.family_id is not null as is_successor,
         ${IS_SUPERSEDED} as is_superseded,
         a.id as account_id, a.kind as account_kind, a.email, a.email_verified, a.name, a.picture, a.provider, a.roles, a.created_at
    from social_auth_token t
    join social_auth_account a on a.id = t.account_id
   where t.digest = any($1::bytea[])
     and (${lives('t')} or ${IS_SUPERSEDED} and t.revoked_at is null and t.expires_at > now())
     and a.disabled_at is null`;

/** Finds the principal behind a presented token. */
@Injectable()
export class TokenLookup {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly format: TokenFormat,
    private readonly digest: TokenDigest,
    private readonly lastUse: LastUse,
    private readonly reuse: TokenReuse,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
    @Inject(PREPARED_STATEMENTS) private readonly prepared: boolean,
  ) {}

  /**
   * The principal of a token that lives, or `undefined`: junk without asking the database; unknown, expired and
   * revoked tokens and those of disabled accounts by one and the same statement.
   *
   * A token that was rotated is found as superseded once the grace is over; where its successor has been used, the
   * whole family is ended.
   *
   * @throws DatabaseUnavailableError
   */
  async find(token: string): Promise<Principal | undefined> {
    if (!this.format.recognises(token)) return undefined;
    const values = [this.digest.candidates(token), this.rules.rotationGraceSeconds];
    const statement: Statement = { text: LOOK_UP, values };
    if (this.prepared) statement.name = 'social_auth_token_lookup';
    const [row] = await this.database.query<TokenRow>(statement);
    return row && (await this.isUsable(row)) ? principalOf(row) : undefined;
  }

  private async isUsable(row: TokenRow): Promise<boolean> {
    if (row.is_superseded) return !(await this.reuse.detect(row.account_id, row.token_id));
    // Written before the first answer: whether the successor was used decides what its predecessor may still do.
    if (row.is_successor && row.used_ago === null) return this.lastUse.recordFirst(row.token_id);
    this.lastUse.note(row.token_id, row.used_ago);
    return true;
  }
}

function principalOf(row: TokenRow): Principal {
  return Object.freeze({
    account: Object.freeze({
      id: row.account_id,
      kind: row.account_kind,
      email: row.email,
      emailVerified: row.email_verified,
      name: row.name,
      picture: row.picture,
      provider: row.provider,
      roles: Object.freeze(row.roles),
      createdAt: row.created_at,
    }),
    token: Object.freeze({
      id: row.token_id,
      kind: row.kind,
      provider: row.token_provider,
      scopes: row.scopes ? Object.freeze(row.scopes) : undefined,
      createdAt: row.token_created_at,
      expiresAt: row.expires_at,
      authenticatedAt: row.authenticated_at ?? undefined,
      isSuperseded: row.is_superseded,
    }),
  });
}
