import { Injectable, Optional } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { EntityManager } from 'typeorm';
import { ascendingId } from '../database/ascending-id';
import { SocialAuthDatabase } from '../database/social-auth.database';
import type { NewSecurityEvent, SecurityEvent } from './security-event';

const INSERT = `
  insert into social_auth_event (id, account_id, type, token_id, actor_id, provider, client_address, user_agent, details)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  returning at`;

/** Records what happened in the transaction in which it happens. */
@Injectable()
export class SecurityLog {
  constructor(
    private readonly database: SocialAuthDatabase,
    @Optional() private readonly emitter?: EventEmitter2,
  ) {}

  /**
   * Writes an event in the transaction of `manager`; once that is committed, a host that has imported
   * `EventEmitterModule` hears of it as `social-auth.<type>`, with the {@link SecurityEvent}.
   */
  async record(manager: EntityManager, event: NewSecurityEvent): Promise<void> {
    const id = ascendingId();
    const { accountId, type, tokenId, actorId, provider, client, details } = event;
    const [row] = await manager.query<{ at: Date }[]>(INSERT, [
      id,
      accountId,
      type,
      tokenId,
      actorId,
      provider,
      client?.address,
      client?.userAgent,
      details && JSON.stringify(details),
    ]);
    if (!row) throw new Error('the insert returned no row');
    const recorded: SecurityEvent = { ...event, id, at: row.at };
    this.database.afterCommit(manager, () => this.emit(recorded));
  }

  /** Lets the host hear alike of an event whose row was committed by a statement of its own. */
  tell(recorded: SecurityEvent): void {
    this.database.runAll([() => this.emit(recorded)]);
  }

  private emit(recorded: SecurityEvent): void {
    this.emitter?.emit(`social-auth.${recorded.type}`, recorded);
  }
}
