import fc from 'fast-check';
import {
  BOUND,
  BrokenPromise,
  RevocationWorld,
  SOUND,
  TOKENS,
  type Happening,
  type Rules,
} from '../../../test/support/revocation-world';
import type { Moment } from '../clock/moment';
import { Freshness } from './freshness';
import { Invalidations } from './invalidations';

const token = fc.nat({ max: TOKENS - 1 });
const which = fc.nat({ max: 5 });
const ticks = fc.integer({ min: 1, max: BOUND + 3 });

const of = <Kind extends Happening['kind'], Fields extends object>(
  kind: Kind,
  fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> },
): fc.Arbitrary<{ kind: Kind } & Fields> =>
  fc.record({ kind: fc.constant(kind), ...fields }) as fc.Arbitrary<{ kind: Kind } & Fields>;

const fed: Happening[] = [{ kind: 'feed_sent' }, { kind: 'feed_read', which: 0 }, { kind: 'feed_arrives' }];
const lookedUp = (asked: number): Happening[] => [
  { kind: 'check', token: asked },
  { kind: 'lookup_read', which: 0 },
  { kind: 'lookup_arrives', which: 0 },
];

/** Whole conversations, so that much comes to an end, and each of their parts by itself, so that all may interleave. */
const ordinary: fc.WeightedArbitrary<Happening[]>[] = [
  { weight: 4, arbitrary: fc.constant(fed) },
  { weight: 4, arbitrary: token.map(lookedUp) },
  ...[
    { weight: 4, arbitrary: of('time', { ticks }) },
    { weight: 2, arbitrary: of('begin', { token }) },
    { weight: 2, arbitrary: of('commit', { which }) },
    { weight: 1, arbitrary: of('hint', { which }) },
    { weight: 1, arbitrary: of('forged', { token }) },
    { weight: 2, arbitrary: of('feed_sent', {}) },
    { weight: 2, arbitrary: of('feed_read', { which }) },
    { weight: 2, arbitrary: of('feed_arrives', {}) },
    { weight: 1, arbitrary: of('feed_lost', {}) },
    { weight: 6, arbitrary: of('check', { token }) },
    { weight: 3, arbitrary: of('lookup_read', { which }) },
    { weight: 3, arbitrary: of('lookup_arrives', { which }) },
    { weight: 1, arbitrary: of('crash', {}) },
  ].map(({ weight, arbitrary }) => ({
    weight,
    arbitrary: (arbitrary as fc.Arbitrary<Happening>).map((happening) => [happening]),
  })),
];

const often = (arbitrary: fc.Arbitrary<Happening>): fc.WeightedArbitrary<Happening[]> => ({
  weight: 3,
  arbitrary: arbitrary.map((happening) => [happening]),
});

const suspending = often(of('suspend', { ticks }));
const jumping = often(of('wall', { ticks: fc.integer({ min: -3 * BOUND, max: 3 * BOUND }) }));

const history = (more: fc.WeightedArbitrary<Happening[]>): fc.Arbitrary<Happening[]> =>
  fc.array(fc.oneof(...ordinary, more), { maxLength: 60, size: 'max' }).map((parts) => parts.flat());

const calm = often(of('time', { ticks }));

/** Never both: a wall clock that is set back by just the time of a suspension hides it from anybody. */
const histories = fc.oneof(history(calm), history(suspending), history(jumping));

function run(happenings: readonly Happening[], rules: Rules): RevocationWorld {
  const world = new RevocationWorld(rules);
  for (const happening of happenings) world.happen(happening);
  return world;
}

/** Whether some history breaks the promise of a replica that is made like this. */
function isBroken(rules: Rules): boolean {
  const { failed, errorInstance } = fc.check(
    fc.property(histories, (happenings) => void run(happenings, rules)),
    { numRuns: 100_000, seed: 7, endOnFailure: true },
  );
  if (failed && !(errorInstance instanceof BrokenPromise)) throw errorInstance;
  return failed;
}

describe('the promise: no acceptance in a check that began later than the bound after the commit', () => {
  it('holds in every history', () => {
    let fromMemory = 0;
    fc.assert(
      fc.property(histories, (happenings) => {
        fromMemory += run(happenings, SOUND).fromMemory;
      }),
      { numRuns: 5_000 },
    );
    // Otherwise it would hold because nobody is ever let in from memory.
    expect(fromMemory).toBeGreaterThan(1_000);
  }, 60_000);

  const mutations: [string, Partial<Rules>][] = [
    ['freshness (rule 3)', { freshness: () => ({ isFresh: () => true, readCompleted: () => undefined }) }],
    [
      'the wall clock beside the steady one (rule 3)',
      {
        freshness: (clock, onDrift) => {
          const alone = { now: () => clock.monotonic(), monotonic: () => clock.monotonic() };
          const real = new Freshness(alone, BOUND, onDrift);
          const readCompleted = ({ steady }: Moment): void => real.readCompleted({ steady, wall: steady });
          return { isFresh: () => real.isFresh(), readCompleted };
        },
      },
    ],
    [
      'the moment at which a reading was sent, for that at which it came (rule 3)',
      {
        freshness: (clock, onDrift) => {
          const real = new Freshness(clock, BOUND, onDrift);
          const now = () => ({ steady: clock.monotonic(), wall: clock.now() });
          return { isFresh: () => real.isFresh(), readCompleted: () => real.readCompleted(now()) };
        },
      },
    ],
    [
      'the numbers of invalidations (rule 5)',
      { invalidations: () => Object.assign(new Invalidations(2), { holds: () => true }) },
    ],
    ['the snapshot, for the largest id (rule 2)', { feed: 'by id' }],
  ];
  it.each(mutations)('is broken without %s', (_, left) => expect(isBroken({ ...SOUND, ...left })).toBe(true), 60_000);
});
