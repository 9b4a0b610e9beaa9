import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { normalizeIp, ThrottlerStorage } from '@nestjs/throttler';
import { TooManyRequestsError, type VerifiedCredential } from '../../social-auth';

/** Sign-ins allowed in a minute. */
export const SIGN_INS_PER_MINUTE = Symbol('SIGN_INS_PER_MINUTE');

const MINUTE_MS = 60_000;
/** One household or company shares a network of this size; an attacker has all of its addresses. */
const IPV6_PREFIX_BITS = 64;

/** How often one address may try, and one person may succeed. */
@Injectable()
export class SignInLimits {
  constructor(
    @Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage,
    @Inject(SIGN_INS_PER_MINUTE) private readonly perAddress: number,
  ) {}

  /** @throws TooManyRequestsError if the address has tried too often. */
  async countAddress(address: string | undefined): Promise<void> {
    await this.count('address', normalizeIp(address ?? '', IPV6_PREFIX_BITS), this.perAddress);
  }

  /**
   * A person has a third of what an address has: whoever signs in too often is refused before the others behind the
   * address are. Refused attempts count for the address all the same, so one who goes on does lock them out.
   *
   * @throws TooManyRequestsError if the person has signed in too often.
   */
  async countPerson({ provider, issuer, subject }: VerifiedCredential['identity']): Promise<void> {
    await this.count('person', JSON.stringify([provider, issuer, subject]), Math.ceil(this.perAddress / 3));
  }

  private async count(kind: string, whom: string, limit: number): Promise<void> {
    if (limit === 0) return;
    // What stands in Redis is nobody's address or name.
    const key = createHash('sha256').update(`${kind}:${whom}`).digest('base64url');
    const hits = await this.storage.increment(`sign-in:${key}`, MINUTE_MS, limit, MINUTE_MS, kind);
    if (hits.isBlocked) throw new TooManyRequestsError(hits.timeToBlockExpire);
  }
}
