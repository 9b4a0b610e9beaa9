import { hash } from 'node:crypto';
import { HmacSha256 } from './hmac-sha256';

/** A key under which tokens are kept. */
export interface HmacKey {
  /** Stored beside each digest; at most 32 characters. */
  id: string;
  /** At least 32 bytes. */
  key: Buffer;
}

/** SHA-256 of a token in base64url: enough to find it by, and not enough to use it. */
export const tokenHashOf = (token: string): string => hash('sha256', token, 'base64url');

/** Computes what is stored of a token: HMAC(key, SHA-256(token)), useless without a key that is not in the database. */
export class TokenDigest {
  private readonly signingKeyId: string;
  private readonly hmacs: readonly [HmacSha256, ...HmacSha256[]];

  /** @param keys the first signs new tokens; all of them recognise tokens. */
  constructor(keys: readonly HmacKey[]) {
    const [first, ...others] = keys;
    if (!first) throw new Error('expected at least one HMAC key');
    this.signingKeyId = first.id;
    this.hmacs = [new HmacSha256(first.key), ...others.map(({ key }) => new HmacSha256(key))];
  }

  /** The digest under which a new token is stored, and the id of its key. */
  forNew(token: string): { keyId: string; digest: Buffer } {
    return { keyId: this.signingKeyId, digest: Buffer.from(this.hmacs[0].of(tokenHashOf(token)), 'hex') };
  }

  /** The digests under which a presented token may be stored, one for each live key. */
  candidates(token: string): Buffer[] {
    return this.candidatesOf(tokenHashOf(token));
  }

  /** The same, of a token of which {@link tokenHashOf} is known. */
  candidatesOf(tokenHash: string): Buffer[] {
    return this.hexCandidatesOf(tokenHash).map((digest) => Buffer.from(digest, 'hex'));
  }

  /** The same in hexadecimal digits. */
  hexCandidatesOf(tokenHash: string): string[] {
    return this.hmacs.map((hmac) => hmac.of(tokenHash));
  }
}
