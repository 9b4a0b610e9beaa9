import { validate, version } from 'uuid';
import { fingerprintOf } from './token-fingerprint';

describe('the fingerprint of a token', () => {
  it('is a UUID of its own kind, the same for the same token', () => {
    const { id, digest } = fingerprintOf('header.claims.signature');
    expect([validate(id), version(id)]).toEqual([true, 8]);
    expect(fingerprintOf('header.claims.signature')).toEqual({ id, digest });
    expect(digest).toBe('11x9Wr_DtA_-EKb4jpRN9mxXsZ3ckZwe5JkRvqtZaQw');
  });

  it('is that of no other token', () => {
    const all = Array.from({ length: 1_000 }, (_, index) => fingerprintOf(`header.claims.${index}`));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ digest }) => digest)).size).toBe(all.length);
  });
});
