import { Inject, Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { TokenDigest } from '../tokens/token-digest';
import { CLOCK_SKEW_SECONDS } from '../verification/claim-checks';
import type { VerifiedCredential } from '../verification/verified-credential';
import { REPLAY_RULES, type ReplayRules } from './replay-rules';

/** Once for the provider's clock and once for the database's, by which the row is deleted. */
const REMEMBERED_MS = 2 * CLOCK_SKEW_SECONDS * 1000;

/** What makes an ID token itself, however its parts are encoded. */
export function usedCredentialKey({ identity, issuedAt, expiresAt, tokenId }: VerifiedCredential): string {
  const { issuer, subject } = identity;
  return JSON.stringify(['id_token', issuer, subject, issuedAt.getTime(), expiresAt.getTime(), tokenId ?? null]);
}

/** Lets each ID token be used once, on all replicas together, where that is wanted. */
@Injectable()
export class UsedCredentials {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly digest: TokenDigest,
    @Inject(REPLAY_RULES) private readonly rules: ReplayRules,
  ) {}

  /**
   * Uses up an ID token; other credentials may be used as often as they like.
   *
   * @returns whether it may be used: it was not before.
   * @throws DatabaseUnavailableError
   */
  async use(credential: VerifiedCredential): Promise<boolean> {
    if (!this.rules.singleUse || credential.kind !== 'id_token') return true;
    // Under every live key, so that exchanging keys frees none; in one order, so that no two replicas block each other.
    const digests = this.digest.candidates(usedCredentialKey(credential)).sort((left, right) => left.compare(right));
    const rows = await this.database.query({
      text: `insert into social_auth_used_credential (digest, expires_at)
             select digest, $2 from unnest($1::bytea[]) with ordinality as used (digest, place) order by place
             on conflict do nothing returning 1`,
      values: [digests, new Date(credential.expiresAt.getTime() + REMEMBERED_MS)],
    });
    return rows.length === digests.length;
  }
}
