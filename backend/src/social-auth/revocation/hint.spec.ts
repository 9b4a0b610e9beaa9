import fc from 'fast-check';
import { hintIn, MOST_IN_A_HINT, textOf, type Hint } from './hint';
import type { Revocation } from './revocation';

const SENDER = '0123456789abcdef';
const ID = '01939a4e-0000-7000-8000-000000000001';

const revocation: fc.Arbitrary<Revocation> = fc.oneof(
  fc.record({ kind: fc.constant('token' as const), tokenId: fc.uuid() }),
  fc.record({ kind: fc.constant('account' as const), accountId: fc.uuid() }),
  fc.constant({ kind: 'everything' as const }),
);
const hint: fc.Arbitrary<Hint> = fc.record({
  sender: fc.stringMatching(/^[0-9a-f]{16}$/),
  revocations: fc.array(revocation, { minLength: 1, maxLength: MOST_IN_A_HINT }),
});

describe('a hint', () => {
  it('comes out as it went in, and fits into a notification', () => {
    fc.assert(
      fc.property(hint, (sent) => {
        const text = textOf(sent);
        expect(hintIn(text)).toEqual(sent);
        expect(Buffer.byteLength(text)).toBeLessThan(8_000);
      }),
    );
  });

  it.each([
    '',
    'r1',
    `r1 ${SENDER}`,
    `r1 ${SENDER} `,
    `r2 ${SENDER} token:${ID}`,
    `r1 ${SENDER.toUpperCase()} token:${ID}`,
    `r1 ${SENDER} token:${ID.toUpperCase()}`,
    `r1 ${SENDER} token:${ID}\n`,
    `r1 ${SENDER} token:${ID}  account:${ID}`,
    `r1 ${SENDER} token:${ID} person:${ID}`,
    `r1 ${SENDER} token:`,
    '{"tokenId":"x"}',
    `r1 ${SENDER}${` token:${ID}`.repeat(MOST_IN_A_HINT + 1)}`,
  ])('is not in %j', (text) => expect(hintIn(text)).toBeUndefined());

  it('is in no text of chance, and no text does harm', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => expect(hintIn(text)).toBeUndefined()));
  });
});
