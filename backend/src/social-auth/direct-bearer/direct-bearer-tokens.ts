import { Inject, Injectable } from '@nestjs/common';
import type { SignInClient } from '../accounts/sign-in-client';
import { Clock } from '../clock/clock';
import { ClientResolver } from '../endpoints/http/client-of-request';
import { DatabaseUnavailableError } from '../errors/social-auth.error';
import type { HeaderSource } from '../guard/authorization-header';
import { DirectBearer } from '../guard/direct-bearer';
import { Invalidations } from '../revocation/invalidations';
import { REVOCATION_RULES, type RevocationRules } from '../revocation/revocation-rules';
import type { Principal } from '../tokens/principal';
import { TokenFormat } from '../tokens/token-format';
import type { VerifiedCredential } from '../verification/verified-credential';
import { BEARER_SOURCES, type BearerSource } from './bearer-source';
import { DirectAccounts } from './direct-accounts';
import { DirectRecord } from './direct-record';
import { directPrincipal } from './direct-principal';
import { sourceFor } from './source-choice';
import { fingerprintOf, type TokenFingerprint } from './token-fingerprint';
import { VerifiedBearers, type Reading } from './verified-bearers';

/** How often an account is read while it changes under our hands. */
const MOST_READINGS = 5;

/** Takes access tokens of providers as bearer tokens, verified as an exchange would and with the same refusals. */
@Injectable()
export class DirectBearerTokens extends DirectBearer {
  private readonly verified: VerifiedBearers;
  /** What is being judged, by the digests. */
  private readonly underWay = new Map<string, Promise<Principal>>();

  constructor(
    @Inject(BEARER_SOURCES) private readonly sources: readonly BearerSource[],
    @Inject(REVOCATION_RULES) private readonly rules: RevocationRules,
    private readonly format: TokenFormat,
    private readonly accounts: DirectAccounts,
    private readonly clients: ClientResolver,
    private readonly record: DirectRecord,
    clock: Clock,
    invalidations: Invalidations,
  ) {
    super();
    this.verified = new VerifiedBearers(clock, invalidations);
  }

  override takes(token: string): boolean {
    if (this.sources.length === 0) return false;
    // No token of ours has a dot, and one that is damaged is no token of anybody else's.
    if (token.includes('.')) return true;
    return !this.format.hasPrefix(token) && this.sources.some(({ form }) => form.recognises?.(token));
  }

  override async principalOf(token: string, request: HeaderSource): Promise<Principal> {
    const fingerprint = fingerprintOf(token);
    return this.verified.get(fingerprint.digest) ?? this.judgeOnce(token, fingerprint, this.clients.resolve(request));
  }

  /**
   * Judges a token for the first of those who send it at once, so that an application which begins with many requests is
   * counted as one first sight. The others find what was kept of it; a refusal is nobody's but its own.
   */
  private async judgeOnce(token: string, fingerprint: TokenFingerprint, client: SignInClient): Promise<Principal> {
    const { digest } = fingerprint;
    const before = this.underWay.get(digest);
    if (before) {
      await before.catch(() => undefined);
      return this.verified.get(digest) ?? this.judge(token, fingerprint, client);
    }
    const judging = this.judge(token, fingerprint, client);
    this.underWay.set(digest, judging);
    try {
      return await judging;
    } finally {
      this.underWay.delete(digest);
    }
  }

  private async judge(token: string, fingerprint: TokenFingerprint, client: SignInClient): Promise<Principal> {
    const [first, ...others] = this.sources;
    if (!first) throw new Error('no provider takes bearer tokens');
    let source = first;
    let credential: VerifiedCredential | undefined;
    try {
      source = sourceFor(token, [first, ...others]);
      // Before it is verified: keys that are renewed meanwhile would promise more than was proven.
      const provesForMs = source.keys.provesForMs();
      credential = await source.strategy.verify({ kind: 'access_token', token });
      const { principal, reading } = await this.identify(fingerprint, credential, client);
      const provenForMs = provesForMs ?? source.keys.provesForMs() ?? 0;
      this.verified.keep(fingerprint.digest, principal, reading, Math.min(provenForMs, this.rules.boundMs));
      return principal;
    } catch (error) {
      throw this.record.refused({ provider: source.provider, credential, client }, error);
    }
  }

  private async identify(
    { id }: TokenFingerprint,
    credential: VerifiedCredential,
    client: SignInClient,
  ): Promise<{ principal: Principal; reading: Reading }> {
    let isMade = false;
    for (let attempt = 1; attempt <= MOST_READINGS; attempt += 1) {
      const reading = this.verified.reading();
      const account = await this.accounts.find(credential);
      const principal = account && directPrincipal(id, credential, account);
      if (principal && this.verified.holds(reading, principal)) return { principal, reading };
      // Once: whoever deletes it at that moment has the last word.
      if (principal || isMade) continue;
      isMade = true;
      await this.accounts.make(credential, client);
      this.record.made(credential, client);
    }
    throw new DatabaseUnavailableError(new Error('the account changed at each reading'));
  }
}
