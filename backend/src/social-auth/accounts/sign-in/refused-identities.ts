import { Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { SecurityLog } from '../../security-log/security-log';
import type { VerifiedIdentity } from '../../verification/verified-credential';
import type { SignInClient } from '../sign-in-client';

// With a lock that a deletion waits for, and nobody else: it would leave what is recorded behind its back.
const FIND_ACCOUNT = `
  select a.id as account_id from social_auth_identity i join social_auth_account a on a.id = i.account_id
   where i.issuer = $1 and i.subject = $2 for key share of a`;

/** Writes into the security log that a proven identity was refused: into that of its account, if it has one. */
@Injectable()
export class RefusedIdentities {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * Records a refusal, in a transaction of its own: that of the sign-in was rolled back.
   *
   * @param code of the error with which the sign-in was refused.
   * @throws DatabaseUnavailableError
   */
  async record({ provider, issuer, subject }: VerifiedIdentity, code: string, client: SignInClient): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [known] = await manager.query<{ account_id: string }[]>(FIND_ACCOUNT, [issuer, subject]);
      const event = { accountId: known?.account_id, provider, client, details: { code } };
      await this.securityLog.record(manager, { type: 'sign_in_refused', ...event });
    });
  }
}
