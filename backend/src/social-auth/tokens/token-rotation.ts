import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { ConflictError, TokenEndedError } from '../errors/social-auth.error';
import { Announcements } from '../revocation/announcements';
import type { EventClient } from '../security-log/security-event';
import { SecurityLog } from '../security-log/security-log';
import { lockAccount } from './account-lock';
import type { Principal } from './principal';
import { decideRotation, type RotationDecision } from './rotation-decision';
import { lockForRotation, mayRotateAnother, replace, type RotatedRow } from './rotation.transaction';
import { TokenIssuer, type IssuedToken } from './token-issuer';
import { TokenReuse } from './token-reuse';
import { TOKEN_RULES, type TokenRules } from './token-rules';

/** What came of a rotation; a refusal is thrown only after what it changed has been committed. */
type RotationOutcome = IssuedToken | Exclude<RotationDecision, 'rotate' | 'rotate_again'>;

/** Replaces tokens by successors, which end when they would have ended. */
@Injectable()
export class TokenRotation {
  private readonly logger = new Logger(TokenRotation.name);

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly issuer: TokenIssuer,
    private readonly reuse: TokenReuse,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
  ) {}

  /**
   * Gives the token of a request a successor with all that it may do but freshness. The token goes on for the grace of
   * the rules; after that it gets a second successor once, if the first was never used.
   *
   * @throws ConflictError `token_already_rotated` within the grace, `token_limit_reached` beyond all reason.
   * @throws TokenEndedError if the token has ended, or ends with its family because its successor is in use.
   * @throws DatabaseUnavailableError
   */
  async rotate({ account, token }: Principal, client: EventClient): Promise<IssuedToken> {
    const outcome = await this.database.transaction((manager) => this.decide(manager, account.id, token.id, client));
    if (typeof outcome === 'object') return outcome;
    throw outcome === 'already_rotated' ? new ConflictError('token_already_rotated') : new TokenEndedError();
  }

  private async decide(
    manager: EntityManager,
    accountId: string,
    tokenId: string,
    client: EventClient,
  ): Promise<RotationOutcome> {
    await lockAccount(manager, accountId);
    const locked = await lockForRotation(manager, accountId, tokenId);
    if (!locked) return 'ended';
    const decision = decideRotation(locked.state, this.rules.rotationGraceSeconds);
    switch (decision) {
      case 'rotate':
        if (!(await mayRotateAnother(manager, accountId))) throw new ConflictError('token_limit_reached');
        return this.succeed(manager, locked.row, client);
      case 'rotate_again':
        return this.succeed(manager, locked.row, client);
      case 'reuse':
        await this.reuse.end(manager, accountId, tokenId, client);
        return decision;
      case 'already_rotated':
      case 'ended':
        return decision;
    }
  }

  private async succeed(manager: EntityManager, row: RotatedRow, client: EventClient): Promise<IssuedToken> {
    const { id: tokenId, account_id: accountId, provider, successor_id: unused } = row;
    const issued = await this.issuer.issue(manager, {
      accountId,
      kind: 'sign_in',
      provider,
      client,
      end: { expiresAt: row.expires_at },
      idleSeconds: row.idle_seconds ?? undefined,
      identityId: row.identity_id ?? undefined,
      clientId: row.client_id ?? undefined,
      platform: row.platform ?? undefined,
      scopes: row.scopes ?? undefined,
      familyId: row.family_id ?? tokenId,
    });
    await replace(manager, row, issued.id, this.rules.rotationGraceSeconds);
    this.announcements.announceTokens(manager, accountId, unused === null ? [tokenId] : [tokenId, unused]);
    const details = { successor: issued.id, ...(unused !== null && { unused }) };
    await this.securityLog.record(manager, { type: 'token_rotated', accountId, tokenId, provider, client, details });
    // A lost answer, or one that somebody else caught: an operator can count them.
    if (unused !== null) this.logger.warn({ event: 'token_rotated_again', account: accountId, token: tokenId });
    return issued;
  }
}
