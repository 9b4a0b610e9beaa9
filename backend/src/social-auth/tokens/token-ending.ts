import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { changedRows } from '../database/changed-rows';
import { Announcements } from '../revocation/announcements';
import { familyOf } from './token-life';

const END_FAMILY = `
  update social_auth_token t set revoked_at = now()
    from social_auth_token one
   where one.id = $2 and one.account_id = $1
     and t.account_id = $1 and ${familyOf('t')} = ${familyOf('one')} and t.revoked_at is null
  returning t.id`;

const END_ALL = `
  update social_auth_token t set revoked_at = now()
   where t.account_id = $1 and t.revoked_at is null
     and ($2::uuid is null or ${familyOf('t')} is distinct from
          (select ${familyOf('kept')} from social_auth_token kept where kept.id = $2))
  returning t.id`;

// By the wall clock, not by now(), at which the transaction began: it may have waited for the account since.
const END_DIRECT = `
  update social_auth_account set not_before = greatest(not_before, clock_timestamp()) where id = $1`;

// A token from before it was kept which identity signed in, or made with such a one, is taken to be of any of that
// provider.
const END_OF_IDENTITY = `
  update social_auth_token set revoked_at = now()
   where account_id = $1 and revoked_at is null
     and (identity_id = $2 or identity_id is null and provider = $3)
  returning id`;

/** Ends tokens in a transaction that holds the lock of their account, and announces it. */
@Injectable()
export class TokenEnding {
  constructor(private readonly announcements: Announcements) {}

  /**
   * Ends a token of an account with those from which and to which it was rotated.
   *
   * @returns how many it ended.
   */
  async endFamily(manager: EntityManager, accountId: string, tokenId: string): Promise<number> {
    const ended = await this.end(manager, END_FAMILY, [accountId, tokenId]);
    // Another replica may have ended it a moment ago: it must not be accepted here once this is answered.
    if (ended === 0) this.announcements.announce(manager, { kind: 'account', accountId });
    return ended;
  }

  /**
   * Ends every token of an account, but for the family of one that is kept; and those that its providers have issued so
   * far as bearer tokens, of which no rows are kept.
   *
   * @returns how many rows it ended.
   */
  async endAll(manager: EntityManager, accountId: string, keptTokenId?: string): Promise<number> {
    const ended = await this.end(manager, END_ALL, [accountId, keptTokenId ?? null]);
    await manager.query(END_DIRECT, [accountId]);
    this.announcements.announce(manager, { kind: 'account', accountId });
    return ended;
  }

  /**
   * Ends every token of an account that came from a sign-in with one identity, personal ones included.
   *
   * @returns how many it ended.
   */
  endOfIdentity(
    manager: EntityManager,
    accountId: string,
    identity: { id: string; provider: string },
  ): Promise<number> {
    return this.end(manager, END_OF_IDENTITY, [accountId, identity.id, identity.provider]);
  }

  private async end(
    manager: EntityManager,
    statement: string,
    values: [accountId: string, ...unknown[]],
  ): Promise<number> {
    const ended = await changedRows<{ id: string }>(manager, statement, values);
    const ids = ended.map(({ id }) => id);
    this.announcements.announceTokens(manager, values[0], ids);
    return ids.length;
  }
}
