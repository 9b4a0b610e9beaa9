import { createHmac, hash } from 'node:crypto';

/** A key under which tokens are kept. */
export interface HmacKey {
  /** Stored beside each digest; at most 32 characters. */
  id: string;
  /** At least 32 bytes. */
  key: Buffer;
}

/** Computes what is stored of a token: HMAC(key, SHA-256(token)), useless without a key that is not in the database. */
export class TokenDigest {
  private readonly signingKey: HmacKey;

  /** @param keys the first signs new tokens; all of them recognise tokens. */
  constructor(private readonly keys: readonly HmacKey[]) {
    const [first] = keys;
    if (!first) throw new Error('expected at least one HMAC key');
    this.signingKey = first;
  }

  /** The digest under which a new token is stored, and the id of its key. */
  forNew(token: string): { keyId: string; digest: Buffer } {
    return { keyId: this.signingKey.id, digest: digestOf(this.signingKey, sha256(token)) };
  }

  /** The digests under which a presented token may be stored, one for each live key. */
  candidates(token: string): Buffer[] {
    return this.candidatesOf(sha256(token));
  }

  /** The same, of a token of which SHA-256 alone is known. */
  candidatesOf(tokenHash: Buffer): Buffer[] {
    return this.keys.map((key) => digestOf(key, tokenHash));
  }
}

const sha256 = (token: string): Buffer => hash('sha256', token, 'buffer');

const digestOf = ({ key }: HmacKey, tokenHash: Buffer): Buffer => createHmac('sha256', key).update(tokenHash).digest();
