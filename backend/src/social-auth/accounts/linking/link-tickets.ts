import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../clock/clock';
import { changedRows } from '../../database/changed-rows';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { lockAccount } from '../../tokens/account-lock';
import { TokenDigest } from '../../tokens/token-digest';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import { firstProfile } from '../profile/profile-update';
import { lockIdentities } from '../sign-in/identity-lock';
import { LinkTicketEntity } from './link-ticket.entity';
import { isFreshProof, provenAt } from './proof-age';

const SECRET_BYTES = 32;
const LIFETIME_SECONDS = 600;

const USE = 'delete from social_auth_link_ticket where digest = $1 and expires_at > now() returning 1';

/** What links a refused identity to the account that holds its address, once. */
export interface IssuedLinkTicket {
  /** Shown once, kept nowhere. */
  ticket: string;
  /** Seconds from now. */
  expiresIn: number;
}

/** Issues and finds link tickets; each is bound to one identity and one account. */
@Injectable()
export class LinkTickets {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly digest: TokenDigest,
    private readonly clock: Clock,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
  ) {}

  /**
   * A ticket for an identity whose sign-in was refused because this account holds its address, in place of all that the
   * identity had; none for a proof that is not fresh, since linking asks for a fresh one on both sides.
   */
  async issue(credential: VerifiedCredential, accountId: string): Promise<IssuedLinkTicket | undefined> {
    if (!isFreshProof(credential, this.rules.freshSignInSeconds, this.clock.now())) return undefined;
    const ticket = randomBytes(SECRET_BYTES).toString('base64url');
    return this.database.transaction(async (manager) => {
      const { provider, issuer, subject } = credential.identity;
      await lockIdentities(manager, [credential.identity]);
      // Deleted since the refusal: the next sign-in is another one.
      if (!(await lockAccount(manager, accountId))) return undefined;
      await manager.delete(LinkTicketEntity, { issuer, subject });
      await manager.insert(LinkTicketEntity, {
        digest: this.digest.forNew(ticket).digest,
        accountId,
        provider,
        issuer,
        subject,
        ...firstProfile(credential.identity),
        authenticatedAt: provenAt(credential),
        expiresAt: () => `now() + make_interval(secs => ${LIFETIME_SECONDS})`,
      });
      return { ticket, expiresIn: LIFETIME_SECONDS };
    });
  }

  /** What stands behind a ticket of this account; it is not used up. */
  async find(manager: EntityManager, accountId: string, ticket: string): Promise<LinkTicketEntity | undefined> {
    const found = await manager
      .createQueryBuilder(LinkTicketEntity, 'ticket')
      .where('ticket.digest = any(:digests)', { digests: this.digest.candidates(ticket) })
      .andWhere('ticket.accountId = :accountId and ticket.expiresAt > now()', { accountId })
      .getOne();
    return found ?? undefined;
  }

  /**
   * Uses a ticket up, in the transaction that links.
   *
   * @returns whether it was there: of several uses at once, one is told yes.
   */
  async use(manager: EntityManager, { digest }: LinkTicketEntity): Promise<boolean> {
    return (await changedRows(manager, USE, [digest])).length > 0;
  }
}
