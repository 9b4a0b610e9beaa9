import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { NotFoundError } from '../../errors/social-auth.error';
import type { EventContext, SecurityEvent } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import { SecurityLogReader } from '../../security-log/security-log.reader';
import { TokenEntity } from '../../tokens/token.entity';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import { AccountEntity } from '../account.entity';
import type { IdentityEntity } from '../identity.entity';
import { identitiesOf } from '../linking/identity-list';
import { within } from './within';

/** The most of each list: what is older can be read page by page. */
const MOST = 10_000;

/** Less than the transaction has, so that a hook that hangs is told apart from a database that does. */
const HOOK_MS = 1_500;

/** Everything about a token but what recognises it. */
export type ExportedToken = Omit<TokenEntity, 'digest' | 'keyId' | 'account'>;

/** Everything that is kept about an account. */
export interface AccountData {
  account: AccountEntity;
  identities: IdentityEntity[];
  /** Newest first, those that have ended included. */
  tokens: ExportedToken[];
  /** Newest first. */
  events: SecurityEvent[];
  /** Whether there are more tokens or events than are told. */
  truncated: boolean;
  /** What the host's hook gives. */
  application: object;
}

/** Listed one by one: a column that is added is told only once somebody has thought of it. */
const PUBLIC_COLUMNS: Record<keyof ExportedToken, true> = {
  id: true,
  accountId: true,
  kind: true,
  name: true,
  provider: true,
  identityId: true,
  clientId: true,
  platform: true,
  authenticatedAt: true,
  scopes: true,
  clientAddress: true,
  userAgent: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  idleSeconds: true,
  revokedAt: true,
  familyId: true,
  rotatedAt: true,
  successorId: true,
  rotations: true,
};

/** Gathers what is kept about an account, for its owner. */
@Injectable()
export class AccountExport {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly securityLog: SecurityLog,
    private readonly events: SecurityLogReader,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /**
   * Gathers an account's data, and records that it was.
   *
   * @throws NotFoundError
   */
  async of(accountId: string, context: EventContext): Promise<AccountData> {
    if (!isUuid(accountId)) throw new NotFoundError();
    const { rows: events, next } = await this.events.ofAccount(accountId, { limit: MOST });
    return this.database.transaction(async (manager) => {
      // A deletion waits, so that no event is left behind it; sign-ins do not.
      const lock = { mode: 'for_key_share' } as const;
      const account = await manager.findOne(AccountEntity, { where: { id: accountId }, lock });
      if (!account) throw new NotFoundError();
      const identities = await identitiesOf(manager, accountId);
      const tokens = await tokensOf(manager, accountId);
      const gathering = this.policy.onAccountExport?.(account, manager) ?? Promise.resolve({});
      const application = await within(HOOK_MS, gathering, 'onAccountExport');
      await this.securityLog.record(manager, { ...context, type: 'data_exported', accountId });
      const truncated = next !== undefined || tokens.length > MOST;
      return { account, identities, tokens: tokens.slice(0, MOST), events, truncated, application };
    });
  }
}

const tokensOf = (manager: EntityManager, accountId: string): Promise<ExportedToken[]> =>
  manager.find(TokenEntity, {
    select: PUBLIC_COLUMNS,
    where: { accountId },
    order: { id: 'DESC' },
    take: MOST + 1,
  });
