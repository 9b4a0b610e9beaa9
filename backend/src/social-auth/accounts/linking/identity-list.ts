import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { IdentityEntity } from '../identity.entity';

/** The identities of an account, the oldest first, as a transaction sees them. */
export const identitiesOf = (manager: EntityManager, accountId: string): Promise<IdentityEntity[]> =>
  manager.find(IdentityEntity, { where: { accountId }, order: { id: 'ASC' } });

/** Lists the identities of accounts. */
@Injectable()
export class IdentityList {
  constructor(private readonly database: SocialAuthDatabase) {}

  /** The identities of an account, the oldest first. */
  async of(accountId: string): Promise<IdentityEntity[]> {
    if (!isUuid(accountId)) return [];
    return this.database.transaction((manager) => identitiesOf(manager, accountId));
  }
}
