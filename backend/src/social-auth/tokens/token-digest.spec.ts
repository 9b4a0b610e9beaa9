import { createHash, createHmac, randomBytes } from 'node:crypto';
import { TokenDigest, type HmacKey } from './token-digest';
import { TokenFormat } from './token-format';

const key = (id: string): HmacKey => ({ id, key: randomBytes(32) });

describe('what is stored of a token', () => {
  const token = new TokenFormat('nte').generate();
  const [current, former] = [key('2026'), key('2025')];

  it('T3 is HMAC(key, SHA-256(token)) with the id of its key', () => {
    const inner = createHash('sha256').update(token).digest();
    const expected = createHmac('sha256', current.key).update(inner).digest();
    expect(new TokenDigest([current, former]).forNew(token)).toEqual({ keyId: '2026', digest: expected });
  });

  it('T3 holds nothing of the token, and is another one for another token and for another key', () => {
    const digests = new TokenDigest([current]);
    const { digest } = digests.forNew(token);
    expect(digest).toHaveLength(32);
    expect(digest.includes(token.slice(4, 20))).toBe(false);
    expect(digests.forNew(`${token}x`).digest).not.toEqual(digest);
    expect(new TokenDigest([former]).forNew(token).digest).not.toEqual(digest);
  });

  it('is the same for the same token, so that it can be looked up', () => {
    const digests = new TokenDigest([current]);
    expect(digests.candidates(token)).toEqual([digests.forNew(token).digest]);
  });

  it('lets a token of a former key be recognised while that key is live, the newest first', () => {
    const old = new TokenDigest([former]).forNew(token).digest;
    expect(new TokenDigest([current, former]).candidates(token)[1]).toEqual(old);
    expect(new TokenDigest([current]).candidates(token)).not.toContainEqual(old);
  });

  it('is found by SHA-256 of the token alone as well', () => {
    const digests = new TokenDigest([current, former]);
    const tokenHash = createHash('sha256').update(token).digest('base64url');
    expect(digests.candidatesOf(tokenHash)).toEqual(digests.candidates(token));
    const inHex = digests.candidates(token).map((digest) => digest.toString('hex'));
    expect(digests.hexCandidatesOf(tokenHash)).toEqual(inHex);
  });

  it('T10 does not recognise a token of an environment with other keys under the same id', () => {
    const elsewhere = new TokenDigest([{ ...current, key: randomBytes(32) }]);
    expect(elsewhere.candidates(token)).not.toContainEqual(new TokenDigest([current]).forNew(token).digest);
  });

  it('needs a key', () => {
    expect(() => new TokenDigest([])).toThrow('at least one HMAC key');
  });
});
