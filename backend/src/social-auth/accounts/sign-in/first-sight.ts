import { Inject, Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { SignInForbiddenError } from '../../errors/social-auth.error';
import { KeptAccount } from '../../tokens/kept-principal';
import type { PrincipalAccount } from '../../tokens/principal';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import type { AccountEntity } from '../account.entity';
import type { SignInClient } from '../sign-in-client';
import { Entrance } from './entrance';
import type { IdentityKey } from './identity-lock';
import { isAdmitted } from './sign-in-admission';
import { inTransaction } from './start-over';

/** The account of an identity, as far as it decides about a request. */
export interface IdentifiedAccount {
  account: PrincipalAccount;
  disabled: boolean;
  /** Provider tokens issued before it do not count. */
  notBefore: Date | null;
}

type AccountRow = PrincipalAccountRow & { disabled: boolean; not_before: Date | null };

interface PrincipalAccountRow {
  id: string;
  kind: PrincipalAccount['kind'];
  email: string | null;
  email_verified: boolean;
  name: string | null;
  picture: string | null;
  provider: string;
  roles: string[];
  created_at: Date;
}

const FIND = `
  select a.id, a.kind, a.email, a.email_verified, a.name, a.picture, a.provider, a.roles, a.created_at,
         a.disabled_at is not null as disabled, a.not_before
    from social_auth_identity i join social_auth_account a on a.id = i.account_id
   where i.issuer = $1 and i.subject = $2`;

/** Finds the accounts of requests that carry a provider's token, and makes those that are not there yet. */
@Injectable()
export class FirstSight {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly entrance: Entrance,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
  ) {}

  /**
   * Asks the lists of who may come in, without the database.
   *
   * @throws SignInForbiddenError `sign_in_not_allowed`
   */
  requireAdmission({ identity }: VerifiedCredential): void {
    if (!isAdmitted(identity, this.rules)) throw new SignInForbiddenError('sign_in_not_allowed');
  }

  /**
   * The account of an identity, by one statement that locks and writes nothing.
   *
   * @throws DatabaseUnavailableError
   */
  async find({ issuer, subject }: IdentityKey): Promise<IdentifiedAccount | undefined> {
    const [row] = await this.database.query<AccountRow>({ text: FIND, values: [issuer, subject] });
    return row && { account: principalAccountOf(row), disabled: row.disabled, notBefore: row.not_before };
  }

  /**
   * Makes the account of an identity that has none, once, however many ask for it at once. No address links it to
   * another one or refuses it.
   *
   * @throws SignInForbiddenError `sign_up_disabled`
   * @throws AccountDisabledError
   * @throws ProviderTokenRefusedError if its account was deleted after the credential was issued.
   * @throws DatabaseUnavailableError
   */
  async enter(credential: VerifiedCredential, client: SignInClient): Promise<AccountEntity> {
    const { account } = await inTransaction(this.database, (manager) =>
      this.entrance.enter(manager, credential, client, 'bearer'),
    );
    return account;
  }
}

const principalAccountOf = (row: PrincipalAccountRow): PrincipalAccount =>
  new KeptAccount({
    id: row.id,
    kind: row.kind,
    email: row.email,
    emailVerified: row.email_verified,
    name: row.name,
    picture: row.picture,
    provider: row.provider,
    roles: Object.freeze(row.roles),
    createdAt: row.created_at.getTime(),
  });
