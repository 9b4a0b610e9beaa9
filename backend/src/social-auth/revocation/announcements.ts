import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { Invalidations } from './invalidations';
import type { Revocation } from './revocation';
import { RevocationHints } from './revocation-hints';

/** Of more tokens than this, the account is announced: each of its other tokens is looked up once more. */
const MOST_TOKENS = 16;

/** What is ended or narrowed in a transaction counts here from its commit on, and elsewhere a moment later. */
@Injectable()
export class Announcements {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly invalidations: Invalidations,
    private readonly hints: RevocationHints,
  ) {}

  /**
   * Announces what the transaction of `manager` ends or narrows: once it is committed, and before its caller goes on, no
   * cache of this process holds it any more. The other replicas are told at the same time, for which nobody waits.
   */
  announce(manager: EntityManager, revocation: Revocation): void {
    const canonical = withCanonicalId(revocation);
    this.database.afterCommit(manager, () => {
      this.invalidations.apply(canonical);
      this.hints.tell(canonical);
    });
  }

  /** Announces tokens of one account alike; none, where there are none. */
  announceTokens(manager: EntityManager, accountId: string, tokenIds: readonly string[]): void {
    if (tokenIds.length > MOST_TOKENS) this.announce(manager, { kind: 'account', accountId });
    else for (const tokenId of tokenIds) this.announce(manager, { kind: 'token', tokenId });
  }
}

/** As the database writes it: a caller may have the id from a path. */
function withCanonicalId(revocation: Revocation): Revocation {
  switch (revocation.kind) {
    case 'token':
      return { kind: 'token', tokenId: revocation.tokenId.toLowerCase() };
    case 'account':
      return { kind: 'account', accountId: revocation.accountId.toLowerCase() };
    case 'everything':
      return revocation;
  }
}
