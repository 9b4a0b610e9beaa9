import { Logger } from '@nestjs/common';
import type { Clock } from '../clock/clock';
import { ProviderTokenRefusedError, ProviderUnavailableError } from '../errors/social-auth.error';
import type { KeySet, VerificationKey } from './key-set';
import { keySetFetcher, type KeySource } from './key-source';
import { listed, quoted } from './quoted-value';

const SECOND = 1_000;

/** After this age a set is renewed in the background, so that nobody waits for it. */
const RENEW_AFTER_MS = 540 * SECOND;
/** After this age a set is renewed before it answers: a retired key is refused from then on. */
const STALE_AFTER_MS = 600 * SECOND;
/** For this long a set answers while the endpoint does not. */
const USELESS_AFTER_MS = 86_400 * SECOND;
/** Between two fetches for key ids that the set lacks, so that made-up ids cost the provider nothing. */
const UNKNOWN_KEY_COOLDOWN_MS = 30 * SECOND;
/** Between two fetches while the endpoint fails. */
const FAILURE_COOLDOWN_MS = 2 * SECOND;
/** A failure that lies further back says nothing of the endpoint now: old keys do not answer on the strength of it. */
const FAILURE_COUNTS_FOR_MS = 5 * SECOND;

/** What a key store can say of its provider. */
export interface KeyStoreHealth {
  /** `unknown` until the first fetch; `down` while the last one failed. */
  status: 'up' | 'down' | 'unknown';
  /** Age of the keys that answer now. */
  keysAgeSeconds?: number;
}

/**
 * The keys of one provider in memory: one set for all key ids, fetched once for all who wait, kept while the endpoint
 * fails, and never replaced by an answer without usable keys.
 */
export class KeyStore {
  private readonly logger = new Logger(KeyStore.name);
  private keySet: KeySet | undefined;
  private fetchedAt = -Infinity;
  private attemptedAt = -Infinity;
  private lastAttemptFailed = false;
  private failedAt = -Infinity;
  private underWay: Promise<void> | undefined;
  private readonly fetchKeySet: () => Promise<KeySet>;
  /** What tells it apart in the log. */
  private readonly place: { jwksUri: string } | { issuer: string };

  constructor(
    source: KeySource,
    private readonly clock: Clock,
  ) {
    this.fetchKeySet = keySetFetcher(source);
    this.place = typeof source === 'string' ? { jwksUri: source } : source;
  }

  /**
   * The key with which a token says that it was signed.
   *
   * @throws ProviderTokenRefusedError if the provider has no such key.
   * @throws ProviderUnavailableError if that cannot be found out now.
   */
  async keyFor(kid: string | undefined): Promise<VerificationKey> {
    await this.renewWhenOld();
    const known = this.current()?.find(kid);
    if (known) return known;
    if (this.mayFetch(UNKNOWN_KEY_COOLDOWN_MS)) await this.fetch();
    const fetched = this.current()?.find(kid);
    if (fetched) return fetched;
    if (!this.lastAttemptFailed) {
      const keyIds = this.current()?.keyIds ?? [];
      throw new ProviderTokenRefusedError('provider_token_invalid', 'the key is unknown').because(
        () => `kid was ${quoted(kid)}, which is not known; the provider publishes ${listed(keyIds)}.`,
      );
    }
    throw new ProviderUnavailableError('the key endpoint does not answer and the key is unknown');
  }

  /**
   * For how long what the keys prove now may be believed without asking again, in milliseconds: until they are renewed
   * before they answer. 0 while they answer only because the endpoint does not; `undefined`: there are none yet.
   */
  provesForMs(): number | undefined {
    return this.keySet && Math.max(0, STALE_AFTER_MS - this.age());
  }

  /** Whether the keys could be had, and how old they are. */
  health(): KeyStoreHealth {
    if (this.attemptedAt === -Infinity) return { status: 'unknown' };
    const status = this.lastAttemptFailed ? 'down' : 'up';
    return this.current() ? { status, keysAgeSeconds: Math.round(this.age() / SECOND) } : { status };
  }

  private age(): number {
    return this.clock.monotonic() - this.fetchedAt;
  }

  private current(): KeySet | undefined {
    return this.age() < USELESS_AFTER_MS ? this.keySet : undefined;
  }

  private isFailing(): boolean {
    return this.lastAttemptFailed && this.clock.monotonic() - this.failedAt < FAILURE_COUNTS_FOR_MS;
  }

  private mayFetch(cooldownMs: number): boolean {
    if (this.underWay) return true;
    const cooldown = this.lastAttemptFailed ? FAILURE_COOLDOWN_MS : cooldownMs;
    return this.clock.monotonic() - this.attemptedAt >= cooldown;
  }

  private async renewWhenOld(): Promise<void> {
    if (this.age() < RENEW_AFTER_MS || !this.mayFetch(0)) return;
    const fetching = this.fetch();
    // While the endpoint fails, nobody who can be served from the kept keys waits for it to fail again.
    const mayAnswerMeanwhile = this.current() && (this.age() < STALE_AFTER_MS || this.isFailing());
    if (!mayAnswerMeanwhile) await fetching;
  }

  /** Fetches the set unless that is under way already; never rejects. */
  private fetch(): Promise<void> {
    this.underWay ??= this.fetchOnce().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async fetchOnce(): Promise<void> {
    const sentAt = this.clock.monotonic();
    this.attemptedAt = sentAt;
    try {
      this.keySet = await this.fetchKeySet();
      this.fetchedAt = sentAt;
      if (this.lastAttemptFailed) this.logger.log({ event: 'provider_keys_recovered', ...this.place });
      this.lastAttemptFailed = false;
    } catch (error) {
      this.lastAttemptFailed = true;
      // From its end: a fetch that hung for longer than the cool-down must not be followed by the next at once.
      this.attemptedAt = this.failedAt = this.clock.monotonic();
      const reason = error instanceof Error ? error.message : 'unknown';
      this.logger.warn({ event: 'provider_keys_unavailable', ...this.place, reason });
    }
  }
}
