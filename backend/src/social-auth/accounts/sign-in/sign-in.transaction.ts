import type { EntityManager } from 'typeorm';
import { ascendingId } from '../../database/ascending-id';
import type { VerifiedIdentity } from '../../verification/verified-credential';
import { AccountEntity } from '../account.entity';
import { columnsOf, entityOf } from '../entity-rows';
import { IdentityEntity } from '../identity.entity';
import { firstProfile, hasProfile, profileOf, type IdentityProfile } from '../profile/profile-update';
import type { IdentityKey } from './identity-lock';
import type { AccountState } from './sign-in-decision';
import { StartOver } from './start-over';

/** An identity and the account to which it belongs. */
export interface KnownIdentity {
  identity: IdentityEntity;
  account: AccountEntity;
}

/** An identity as a credential or a link ticket names it. */
export type ProvenIdentity = Pick<VerifiedIdentity, 'provider' | 'issuer' | 'subject'>;

/** The statements of one sign-in, in the transaction of an EntityManager. */
export class SignInTransaction {
  constructor(private readonly manager: EntityManager) {}

  /**
   * The identity and its account, which no other transaction deletes or changes until this one ends; the identity is
   * marked as used.
   *
   * The account is locked first, as everywhere. While that is waited for, the identity may be unlinked: then it is not
   * there to be marked, which the account's lock alone would not notice.
   *
   * @throws StartOver if the identity has gone meanwhile.
   */
  async find({ issuer, subject }: IdentityKey): Promise<KnownIdentity | undefined> {
    const { manager } = this;
    const [row] = await manager.query<Record<string, unknown>[]>(
      `with known as (
         select ${columnsOf(manager, AccountEntity, 'account')}, identity.id as identity_id
           from social_auth_identity identity join social_auth_account account on account.id = identity.account_id
          where identity.issuer = $1 and identity.subject = $2
            for no key update of account),
       used as (
         update social_auth_identity identity set last_used_at = greatest(identity.last_used_at, now())
           from known where identity.id = known.identity_id
         returning ${columnsOf(manager, IdentityEntity, 'identity')})
       select * from known left join used on true`,
      [issuer, subject],
    );
    if (!row) return undefined;
    if (row['identity.id'] === null) throw new StartOver();
    return {
      identity: entityOf(manager, IdentityEntity, 'identity', row),
      account: entityOf(manager, AccountEntity, 'account', row),
    };
  }

  /**
   * The account of the first of these identities that is known, locked.
   *
   * @throws StartOver if the identity has gone meanwhile.
   */
  async findAccountOf(identities: readonly IdentityKey[]): Promise<AccountState | undefined> {
    for (const { issuer, subject } of identities) {
      const [account] = await this.manager.query<{ id: string; disabled: boolean }[]>(
        `select account.id, account.disabled_at is not null as disabled
           from social_auth_identity identity join social_auth_account account on account.id = identity.account_id
          where identity.issuer = $1 and identity.subject = $2
            for no key update of account`,
        [issuer, subject],
      );
      if (!account) continue;
      const where = { issuer, subject, accountId: account.id };
      if (!(await this.manager.existsBy(IdentityEntity, where))) throw new StartOver();
      return { accountId: account.id, disabled: account.disabled };
    }
    return undefined;
  }

  /** Makes an account of a first sign-in; `sharesAddress`: another account holds its address as verified. */
  async create(verified: VerifiedIdentity, sharesAddress: boolean): Promise<KnownIdentity> {
    const profile = firstProfile(verified);
    const account = this.manager.create(AccountEntity, {
      id: ascendingId(),
      provider: verified.provider,
      roles: [],
      kind: verified.machine ? 'machine' : 'person',
      disabledAt: null,
      notBefore: null,
      ...profileOf(profile),
      ...(sharesAddress && { emailVerified: false }),
    });
    await this.manager.insert(AccountEntity, account);
    return { identity: await this.addIdentity(account.id, verified, profile, { isPrimary: true }), account };
  }

  /** Adds an identity that was just proven to an account. */
  async addIdentity(
    accountId: string,
    { provider, issuer, subject }: ProvenIdentity,
    profile: IdentityProfile,
    { isPrimary = false }: { isPrimary?: boolean } = {},
  ): Promise<IdentityEntity> {
    const key = { id: ascendingId(), accountId, provider, issuer, subject, isPrimary };
    const identity = this.manager.create(IdentityEntity, { ...key, ...profile });
    const { generatedMaps } = await this.manager.insert(IdentityEntity, { ...identity, lastUsedAt: () => 'now()' });
    Object.assign(identity, generatedMaps[0]);
    return Object.assign(identity, { lastUsedAt: identity.createdAt });
  }

  /** Writes the profile of an identity, if it has changed. */
  async updateIdentity(identity: IdentityEntity, profile: IdentityProfile): Promise<void> {
    if (hasProfile(identity, profile)) return;
    Object.assign(identity, profile);
    await this.manager.update(IdentityEntity, { id: identity.id }, { ...profile });
  }
}
