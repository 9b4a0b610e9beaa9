import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { VerifiedIdentity } from '../verification/verified-credential';
import { AccountEntity } from './account.entity';
import { IdentityEntity } from './identity.entity';
import { firstProfile, type StoredProfile } from './profile-update';

/** An identity and the account to which it belongs. */
export interface KnownIdentity {
  identity: IdentityEntity;
  account: AccountEntity;
}

/**
 * The key under which two transactions about the same verified address wait for each other. ASCII letters alone are
 * folded: Unicode folding would make a Kelvin sign the letter k, and a look-alike address the same one.
 */
const EMAIL_LOCK = `pg_advisory_xact_lock(hashtextextended('email:' || lower($1 collate "C"), 0))`;

/** The statements of one sign-in, in the transaction of an EntityManager. */
export class SignInTransaction {
  constructor(private readonly manager: EntityManager) {}

  /** The identity and its account, which no other transaction deletes until this one ends. */
  async find({ issuer, subject }: VerifiedIdentity): Promise<KnownIdentity | undefined> {
    const identity = await this.manager
      .createQueryBuilder(IdentityEntity, 'identity')
      .innerJoinAndSelect('identity.account', 'account')
      .where('identity.issuer = :issuer and identity.subject = :subject', { issuer, subject })
      // The account alone, which a deletion locks first as well: two orders of locking would be a deadlock.
      .setLock('for_key_share', undefined, ['account'])
      .getOne();
    return identity ? { identity, account: identity.account } : undefined;
  }

  /** The account as it is now; no other transaction changes it until this one ends. */
  async lockAccount({ id }: AccountEntity): Promise<AccountEntity> {
    return this.manager.findOneOrFail(AccountEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Makes every other first sign-in of this identity wait until this transaction ends. */
  async lockIdentity({ issuer, subject }: VerifiedIdentity): Promise<void> {
    await this.manager.query(`select pg_advisory_xact_lock(hashtextextended('identity:' || $1 || ' ' || $2, 0))`, [
      issuer,
      subject,
    ]);
  }

  /**
   * The account, other than `exceptAccountId`, that holds a verified address as verified; no other transaction can
   * take the address until this one ends.
   */
  async lockEmail(email: string, exceptAccountId?: string): Promise<{ provider: string } | undefined> {
    await this.manager.query(`select ${EMAIL_LOCK}`, [email]);
    const [owner] = await this.manager.query<{ provider: string }[]>(
      `select provider from social_auth_account
        where lower(email collate "C") = lower($1 collate "C") and email_verified and id is distinct from $2 limit 1`,
      [email, exceptAccountId ?? null],
    );
    return owner;
  }

  /** Makes an account of a first sign-in. */
  async create(verified: VerifiedIdentity): Promise<KnownIdentity> {
    const profile = firstProfile(verified);
    const { provider, issuer, subject } = verified;
    const account = this.manager.create(AccountEntity, { id: uuidv7(), provider, disabledAt: null, ...profile });
    await this.manager.insert(AccountEntity, account);
    const identity = this.manager.create(IdentityEntity, {
      id: uuidv7(),
      accountId: account.id,
      provider,
      issuer,
      subject,
      isPrimary: true,
      ...profile,
    });
    await this.manager.insert(IdentityEntity, identity);
    return { identity, account };
  }

  async updateIdentity(identity: IdentityEntity, profile: StoredProfile): Promise<void> {
    Object.assign(identity, profile);
    await this.manager.update(IdentityEntity, { id: identity.id }, { ...profile });
  }

  async updateAccount(account: AccountEntity, profile: StoredProfile): Promise<void> {
    Object.assign(account, profile);
    await this.manager.update(AccountEntity, { id: account.id }, { ...profile });
  }
}
