import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConflictError } from '../errors/social-auth.error';
import { Announcements } from '../revocation/announcements';
import type { EventClient } from '../security-log/security-event';
import { SecurityLog } from '../security-log/security-log';
import type { TokenKind } from './principal';
import { endSurplus, countLiving } from './surplus-tokens';
import { TOKEN_RULES, type TokenLimitRule, type TokenRules } from './token-rules';

/** For whom room is made. */
export interface Applicant {
  accountId: string;
  kind: TokenKind;
  client: EventClient;
}

/** Keeps the number of an account's living tokens within the rules. */
@Injectable()
export class TokenLimit {
  private readonly logger = new Logger(TokenLimit.name);

  constructor(
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
  ) {}

  /**
   * Makes room for one more token, in a transaction that holds the account's lock, or in which the account was made:
   * without it, two sign-ins at once would both find room.
   *
   * Tokens of the other kind do not count, nor does what was rotated: its successor does.
   *
   * @throws ConflictError `token_limit_reached` where the rules evict none.
   */
  async makeRoom(manager: EntityManager, { accountId, kind, client }: Applicant): Promise<void> {
    const { perAccount, policy } = this.ruleFor(kind);
    if (perAccount === 0) return;
    if (policy === 'reject') {
      if ((await countLiving(manager, accountId, kind)) < perAccount) return;
      throw new ConflictError('token_limit_reached');
    }
    const { families: ended, tokenIds } = await endSurplus(manager, { accountId, kind, keep: perAccount - 1, policy });
    if (ended === 0) return;
    this.announcements.announceTokens(manager, accountId, tokenIds);
    await this.securityLog.record(manager, { type: 'token_evicted', accountId, client, details: { ended, policy } });
    this.logger.log({ event: 'token_evicted', account: accountId, ended, policy });
  }

  /** Personal tokens are at work in programs: none ever ends because another is made. */
  private ruleFor(kind: TokenKind): TokenLimitRule {
    return kind === 'sign_in' ? this.rules.limit : { perAccount: this.rules.personal.perAccount, policy: 'reject' };
  }
}
