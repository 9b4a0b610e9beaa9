import fc from 'fast-check';
import { Invalidations, type Stamp } from './invalidations';
import type { Revocation } from './revocation';

const TOKENS = ['t1', 't2', 't3', 't4'];
const ACCOUNTS = ['a1', 'a2', 'a3'];

type Step = { kind: 'apply'; revocation: Revocation } | { kind: 'send'; tokenId: string; accountId: string };

const tokenId = fc.constantFrom(...TOKENS);
const accountId = fc.constantFrom(...ACCOUNTS);
const revocation: fc.Arbitrary<Revocation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('token' as const), tokenId }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('account' as const), accountId }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'everything' as const }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('apply' as const), revocation }),
  fc.record({ kind: fc.constant('send' as const), tokenId, accountId }),
);
const steps = fc.array(step, { maxLength: 60 });

interface Sent {
  tokenId: string;
  accountId: string;
  stamp: Stamp;
  /** How many invalidations the model had seen. */
  seen: number;
}

/** Runs the steps, and yields for each look-up what the register says of it at the end, and what is true. */
function verdicts(taken: readonly Step[], most?: number): { said: boolean; naive: boolean }[] {
  const register = new Invalidations(most);
  const applied: Revocation[] = [];
  const sent: Sent[] = [];
  for (const each of taken) {
    if (each.kind === 'send') {
      sent.push({ ...each, stamp: register.sent(), seen: applied.length });
    } else {
      register.apply(each.revocation);
      applied.push(each.revocation);
    }
  }
  const touches = (one: Revocation, look: Sent): boolean =>
    one.kind === 'everything' ||
    (one.kind === 'token' ? one.tokenId === look.tokenId : one.accountId === look.accountId);
  return sent.map((look) => ({
    said: register.holds(look.stamp, look.tokenId, look.accountId),
    naive: !applied.slice(look.seen).some((one) => touches(one, look)),
  }));
}

describe('the register of invalidations', () => {
  it('says of every look-up what a list of all invalidations says', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        for (const { said, naive } of verdicts(taken)) expect(said).toBe(naive);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([1, 2, 3])('lets nothing stand that was invalidated, where it remembers no more than %i', (most) => {
    fc.assert(
      fc.property(steps, (taken) => {
        for (const { said, naive } of verdicts(taken, most)) expect(said && !naive).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([1, 2, 3])('lets every look-up stand that was sent after all of them, where it remembers %i', (most) => {
    fc.assert(
      fc.property(fc.array(revocation, { maxLength: 60 }), tokenId, accountId, (all, token, account) => {
        const register = new Invalidations(most);
        for (const one of all) register.apply(one);
        expect(register.holds(register.sent(), token, account)).toBe(true);
      }),
    );
  });

  it('forgets the oldest first, which are then as one of everything', () => {
    const register = new Invalidations(2);
    const before = register.sent();
    register.apply({ kind: 'token', tokenId: 't1' });
    const between = register.sent();
    register.apply({ kind: 'token', tokenId: 't2' });
    register.apply({ kind: 'token', tokenId: 't3' });
    expect(register.holds(before, 't4', 'a1')).toBe(false);
    expect(register.holds(between, 't4', 'a1')).toBe(true);
    expect(register.holds(between, 't2', 'a1')).toBe(false);
  });
});
