import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { TokenDigest } from '../tokens/token-digest';
import { issuedHashesOf } from './nonce-policy';
import { REPLAY_RULES, type ReplayRules } from './replay-rules';

/** A nonce for one sign-in. */
export interface Challenge {
  /** 256 bits, base64url. Shown once, kept nowhere. */
  nonce: string;
  /** Seconds from now. */
  expiresIn: number;
}

const NONCE_BYTES = 32;

/** Issues nonces and lets each be used once, on all replicas together. */
@Injectable()
export class Challenges {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly digest: TokenDigest,
    @Inject(REPLAY_RULES) private readonly rules: ReplayRules,
  ) {}

  /** @throws DatabaseUnavailableError */
  async issue(): Promise<Challenge> {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const { challengeSeconds } = this.rules;
    await this.database.query({
      text: `insert into social_auth_challenge (digest, expires_at) values ($1, now() + make_interval(secs => $2))`,
      values: [this.digest.forNew(nonce).digest, challengeSeconds],
    });
    return { nonce, expiresIn: challengeSeconds };
  }

  /**
   * Uses up the nonce that a claim stands for. Of two at once one finds it: the other waits for the row and sees it gone.
   *
   * @returns whether it was issued here, has not expired and was not used before.
   * @throws DatabaseUnavailableError
   */
  async consume(claim: string): Promise<boolean> {
    const digests = issuedHashesOf(claim).flatMap((hash) => this.digest.candidatesOf(hash.toString('base64url')));
    const rows = await this.database.query({
      text: `delete from social_auth_challenge where digest = any($1::bytea[]) and expires_at > now() returning 1`,
      values: [digests],
    });
    return rows.length > 0;
  }
}
