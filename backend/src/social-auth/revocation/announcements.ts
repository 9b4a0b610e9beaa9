import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { Invalidations } from './invalidations';
import type { Revocation } from './revocation';

/** What is ended or narrowed in a transaction counts here from its commit on, and elsewhere a moment later. */
@Injectable()
export class Announcements {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly invalidations: Invalidations,
  ) {}

  /**
   * Announces what the transaction of `manager` ends or narrows: once it is committed, and before its caller goes on, no
   * cache of this process holds it any more.
   */
  announce(manager: EntityManager, revocation: Revocation): void {
    this.database.afterCommit(manager, () => this.invalidations.apply(revocation));
  }
}
