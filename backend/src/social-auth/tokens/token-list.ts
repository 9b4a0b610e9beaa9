import { Inject, Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { SocialAuthDatabase } from '../database/social-auth.database';
import type { TokenKind } from './principal';
import { endOf, lives } from './token-life';
import { TOKEN_RULES, type TokenRules } from './token-rules';

/** A token as its owner sees it. */
export interface SessionRow {
  id: string;
  /** The token that it has taken the place of, which may go on for the grace of a rotation. */
  predecessorId: string | null;
  kind: TokenKind;
  /** What its owner calls it; of personal tokens alone. */
  name: string | null;
  provider: string;
  platform: string | null;
  /** What it reaches; null: everything that its account may do. */
  scopes: readonly string[] | null;
  clientAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
  /** As late as the last-use writer lets it be. */
  lastUsedAt: Date | null;
  /** When it ends unless it is used before. */
  expiresAt: Date;
}

/** More than these are not listed, unless the limits of the rules allow for more. */
const MOST_LISTED = 1_000;

const LIST = `
  select t.id, p.id as "predecessorId", t.kind, t.name, t.provider, t.platform, t.scopes, t.client_address as "clientAddress",
         t.user_agent as "userAgent", t.created_at as "createdAt", t.last_used_at as "lastUsedAt",
         ${endOf('t')} as "expiresAt"
    from social_auth_token t
    left join social_auth_token p on p.account_id = t.account_id and p.successor_id = t.id
   where t.account_id = $1 and t.rotated_at is null and ${lives('t')}
   order by t.id desc limit $2`;

/** Lists the tokens of an account. */
@Injectable()
export class TokenList {
  private readonly most: number;

  constructor(
    private readonly database: SocialAuthDatabase,
    @Inject(TOKEN_RULES) { limit, personal }: TokenRules,
  ) {
    this.most = Math.max(MOST_LISTED, limit.perAccount + personal.perAccount);
  }

  /**
   * The tokens with which an account can be used, the newest first; of those that were rotated, their successors.
   *
   * @throws DatabaseUnavailableError
   */
  async of(accountId: string): Promise<SessionRow[]> {
    if (!isUuid(accountId)) return [];
    return this.database.query<SessionRow>({ text: LIST, values: [accountId, this.most] });
  }
}
