import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { firstPage, type Page } from '../../database/page';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { NotFoundError } from '../../errors/social-auth.error';
import type { AccountKind } from '../../tokens/principal';
import { AccountEntity } from '../account.entity';
import type { IdentityEntity } from '../identity.entity';
import { identitiesOf } from '../linking/identity-list';

/** Which accounts are looked for; what is left out, is not asked for. */
export interface AccountsWanted {
  id?: string;
  /** The whole address, compared without regard to the case of ASCII letters. */
  email?: string;
  /** Somebody at a provider. */
  identity?: { provider: string; subject: string };
  kind?: AccountKind;
  status?: 'active' | 'disabled';
  /** A UUID: only accounts made before the one that has it. */
  before?: string;
  /** At least 1. */
  limit: number;
}

/** An account and all that it signs in with. */
export interface AccountWithIdentities {
  account: AccountEntity;
  identities: IdentityEntity[];
}

const OF_IDENTITY = `a.id in (
  select account_id from social_auth_identity where subject = :subject and provider = :provider)`;

/** Conditions over the account `a`, each with its values. */
function conditionsOf({ id, email, identity, kind, status, before }: AccountsWanted): [sql: string, values?: object][] {
  const conditions: [string, object?][] = [];
  if (id !== undefined) conditions.push(['a.id = :id', { id }]);
  // As the index has it.
  if (email !== undefined) conditions.push(['lower(a.email collate "C") = lower(:email collate "C")', { email }]);
  if (identity) conditions.push([OF_IDENTITY, identity]);
  // A literal: only so can the index over machines be seen to do.
  if (kind) conditions.push([kind === 'machine' ? `a.kind = 'machine'` : `a.kind <> 'machine'`]);
  if (status) conditions.push([`a.disabledAt is ${status === 'disabled' ? 'not null' : 'null'}`]);
  if (before !== undefined) conditions.push(['a.id < :before', { before }]);
  return conditions;
}

/** Finds accounts, for administrators. */
@Injectable()
export class AccountDirectory {
  constructor(private readonly database: SocialAuthDatabase) {}

  /** The accounts that meet everything that is asked for. */
  async page(wanted: AccountsWanted): Promise<Page<AccountEntity>> {
    const accounts = await this.database.transaction((manager) => {
      const query = manager
        .createQueryBuilder(AccountEntity, 'a')
        .orderBy('a.id', 'DESC')
        .limit(wanted.limit + 1);
      for (const condition of conditionsOf(wanted)) query.andWhere(...condition);
      return query.getMany();
    });
    return firstPage(accounts, wanted.limit);
  }

  /**
   * One account with its identities, the oldest first.
   *
   * @throws NotFoundError
   */
  async account(accountId: string): Promise<AccountWithIdentities> {
    if (!isUuid(accountId)) throw new NotFoundError();
    return this.database.transaction(async (manager) => {
      const account = await manager.findOneBy(AccountEntity, { id: accountId });
      if (!account) throw new NotFoundError();
      return { account, identities: await identitiesOf(manager, accountId) };
    });
  }

  /**
   * The id of an account as it is kept.
   *
   * @throws NotFoundError if there is no such account.
   */
  async idOf(accountId: string): Promise<string> {
    const [account] = isUuid(accountId)
      ? await this.database.query<{ id: string }>({
          text: 'select id from social_auth_account where id = $1',
          values: [accountId],
        })
      : [];
    if (!account) throw new NotFoundError();
    return account.id;
  }
}
