import type { EntityManager } from 'typeorm';
import { lockAccount } from '../../tokens/account-lock';
import type { EmailOwner } from './sign-in-decision';
import { StartOver } from './start-over';

/**
 * The key under which two transactions about the same verified address wait for each other. ASCII letters alone are
 * folded: Unicode folding would make a Kelvin sign the letter k, and a look-alike address the same one.
 */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('email:' || lower($1 collate "C"), 0))`;

const OWNER = `
  select account.id as account_id, account.provider as first_provider, account.disabled_at is not null as disabled,
         identity.provider, identity.issuer, identity.is_primary, identity.email_authoritative,
         identity.email_verified and lower(identity.email collate "C") = lower($1 collate "C") as holds_address
    from social_auth_account account
    left join social_auth_identity identity on identity.account_id = account.id
   where lower(account.email collate "C") = lower($1 collate "C") and account.email_verified
     and account.id is distinct from $2
   order by account.id, identity.id`;

interface OwnerRow {
  account_id: string;
  first_provider: string;
  disabled: boolean;
  /** Null, and all that follow, where the account has no identity. */
  provider: string | null;
  issuer: string;
  is_primary: boolean;
  email_authoritative: boolean;
  holds_address: boolean | null;
}

async function ownerOf(manager: EntityManager, email: string, exceptId?: string): Promise<EmailOwner | undefined> {
  const rows = await manager.query<OwnerRow[]>(OWNER, [email, exceptId ?? null]);
  const [first] = rows;
  if (!first) return undefined;
  const identities = rows
    .filter(({ account_id, provider }) => account_id === first.account_id && provider !== null)
    .map((row) => ({
      provider: row.provider ?? '',
      issuer: row.issuer,
      isPrimary: row.is_primary,
      holdsAddress: row.holds_address ?? false,
      emailAuthoritative: row.email_authoritative,
    }));
  return { accountId: first.account_id, provider: first.first_provider, disabled: first.disabled, identities };
}

/** Whether another account holds a verified address as verified; none can take it until this transaction ends. */
export async function isEmailTaken(manager: EntityManager, email: string, exceptId: string): Promise<boolean> {
  await manager.query(LOCK, [email]);
  return (await ownerOf(manager, email, exceptId)) !== undefined;
}

/**
 * The account that holds a verified address as verified, locked; no other one can take it until this transaction ends.
 *
 * @throws StartOver if another account came to hold it meanwhile.
 */
export async function lockEmailOwner(manager: EntityManager, email: string): Promise<EmailOwner | undefined> {
  const candidate = await ownerOf(manager, email);
  // The account before the address, as everywhere.
  if (candidate) await lockAccount(manager, candidate.accountId);
  await manager.query(LOCK, [email]);
  const owner = await ownerOf(manager, email);
  if (owner && owner.accountId !== candidate?.accountId) throw new StartOver();
  return owner;
}
