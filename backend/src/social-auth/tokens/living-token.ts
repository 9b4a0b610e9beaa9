import type { EntityManager } from 'typeorm';
import { TokenEndedError } from '../errors/social-auth.error';
import { lockAccount } from './account-lock';
import type { Principal, TokenKind } from './principal';
import { lives } from './token-life';

const LIVING = `
  select t.kind, t.identity_id from social_auth_token t join social_auth_account a on a.id = t.account_id
   where t.id = $1 and t.account_id = $2 and ${lives('t')} and a.disabled_at is null`;

/** The token of a request, as it is kept and not as its principal says. */
export interface LivingToken {
  kind: TokenKind;
  /** The identity that signed in with it; null in tokens from before that was kept. */
  identity_id: string | null;
}

/**
 * Locks the account of a request, whose token must still live: who signs out everywhere shall not be left with what a
 * thief, whom the guard had let in, does a moment later.
 *
 * @throws TokenEndedError
 */
export async function lockLivingAccount(manager: EntityManager, { account, token }: Principal): Promise<LivingToken> {
  await lockAccount(manager, account.id);
  const [living] = await manager.query<LivingToken[]>(LIVING, [token.id, account.id]);
  if (!living) throw new TokenEndedError();
  return living;
}
