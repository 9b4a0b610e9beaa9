import type { EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { InvalidRequestError, NotFoundError, RoleRequiredError } from '../../errors/social-auth.error';
import type { AccountKind } from '../../tokens/principal';

/** The role that opens the endpoints of administrators. */
export const ADMIN_ROLE = 'admin';

/** An account as far as a change of it asks, locked. */
export interface LockedAccount {
  id: string;
  kind: AccountKind;
  email: string | null;
  roles: string[];
  disabled: boolean;
}

/** An account that is to be changed, and who changes it. */
export interface AccountChange {
  account: LockedAccount;
  /** The administrator; `undefined`: the owner or the system. */
  actor: LockedAccount | undefined;
}

// In one order, whoever changes whom: two administrators who change each other would wait for ever.
const LOCK = `
  select id, kind, email, roles, disabled_at is not null as disabled from social_auth_account
   where id = any($1::uuid[]) order by id for no key update`;

/**
 * Locks an account for a change, and the administrator who makes it, so that the one is still what the other says.
 *
 * @throws NotFoundError if there is no such account.
 */
export async function lockForChange(
  manager: EntityManager,
  accountId: string,
  actorId: string | undefined,
): Promise<AccountChange> {
  const ids = [accountId, ...(actorId === undefined ? [] : [actorId])].map((id) => id.toLowerCase());
  if (!ids.every((id) => isUuid(id))) throw new NotFoundError();
  const rows = await manager.query<LockedAccount[]>(LOCK, [ids]);
  const account = rows.find(({ id }) => id === ids[0]);
  if (!account) throw new NotFoundError();
  return { account, actor: rows.find(({ id }) => id === ids[1]) ?? nobody(actorId) };
}

/** An administrator whose account has been deleted since. */
const nobody = (id: string | undefined): LockedAccount | undefined =>
  id === undefined ? undefined : { id, kind: 'person', email: null, roles: [], disabled: true };

/** Whether somebody may take or give that office. */
const isAdministrator = ({ roles, disabled }: LockedAccount): boolean => !disabled && roles.includes(ADMIN_ROLE);

/**
 * Sees to it that one administrator is always left, and that none is made by anybody else: nobody takes the office from
 * themselves, and whoever takes or gives it still holds it now, and not only when the guard let them in.
 *
 * @throws InvalidRequestError
 * @throws RoleRequiredError
 */
export function requireAdministrator({ account, actor }: AccountChange, what: string): void {
  if (!actor) return;
  if (!isAdministrator(actor)) throw new RoleRequiredError();
  if (actor.id === account.id) throw new InvalidRequestError(`You cannot ${what} yourself: ask another administrator.`);
}
