import { Logger } from '@nestjs/common';
import { MovedClock } from '../../../test/support/moved-clock';
import type { FeedReader } from './feed-reader';
import { hintIn, MOST_IN_A_HINT, textOf } from './hint';
import { Invalidations } from './invalidations';
import type { Revocation } from './revocation';
import type { RevocationBus, RevocationBusListener } from './revocation-bus';
import { RevocationHints } from './revocation-hints';

const OTHER = 'ffffffffffffffff';
const token = (number: number): Revocation => ({
  kind: 'token',
  tokenId: `01939a4e-0000-7000-8000-${String(number).padStart(12, '0')}`,
});

/** A bus of which each message waits until the test says what becomes of it. */
class HeldBus implements RevocationBus {
  listener!: RevocationBusListener;
  readonly published: { message: string; settle: (error?: Error) => void }[] = [];

  start(listener: RevocationBusListener): void {
    this.listener = listener;
  }

  publish(message: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.published.push({ message, settle: (error) => (error ? reject(error) : resolve()) });
    });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  told(): (readonly Revocation[] | undefined)[] {
    return this.published.map(({ message }) => hintIn(message)?.revocations);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the hints', () => {
  let bus: HeldBus;
  let hints: RevocationHints;
  let applied: Revocation[];
  let readings: number;

  beforeEach(() => {
    Logger.overrideLogger(false);
    bus = new HeldBus();
    applied = [];
    readings = 0;
    const invalidations = new Invalidations();
    invalidations.onApplied((revocation) => applied.push(revocation));
    const reader = { hasten: () => (readings += 1) } as unknown as FeedReader;
    hints = new RevocationHints(new MovedClock(), reader, invalidations, true, bus);
    hints.onApplicationBootstrap();
    bus.listener.onUp();
  });

  it('tell all that a transaction has ended in one message', async () => {
    for (const number of [1, 2, 3]) hints.tell(token(number));
    expect(bus.published).toEqual([]);
    await turn();
    expect(bus.told()).toEqual([[token(1), token(2), token(3)]]);
  });

  it('send one message at a time, and what came meanwhile together', async () => {
    hints.tell(token(0));
    await turn();
    for (let number = 1; number <= MOST_IN_A_HINT + 1; number += 1) hints.tell(token(number));
    await turn();
    expect(bus.published).toHaveLength(1);
    bus.published[0]?.settle();
    await turn();
    expect(bus.told()[1]).toHaveLength(MOST_IN_A_HINT);
    bus.published[1]?.settle();
    await turn();
    expect(bus.told()[2]).toEqual([token(MOST_IN_A_HINT + 1)]);
  });

  it('go on after one that failed, and are counted', async () => {
    hints.tell(token(1));
    await turn();
    bus.published[0]?.settle(new Error('down'));
    await turn();
    hints.tell(token(2));
    await turn();
    bus.published[1]?.settle();
    await turn();
    expect(hints.figures()).toMatchObject({ bus: 'up', sent: 1, failed: 1 });
  });

  it('tell others to read the feed where far too many wait', async () => {
    hints.tell(token(0));
    await turn();
    for (let number = 0; number < 100 * MOST_IN_A_HINT; number += 1) hints.tell(token(number));
    let settled = 0;
    while (settled < bus.published.length) {
      bus.published[settled++]?.settle();
      await turn();
    }
    expect(bus.published.length).toBeLessThan(25);
    expect(bus.told().flat()).toContainEqual({ kind: 'everything' });
  });

  it('say nothing while the bus is down, and keep nothing for later', async () => {
    bus.listener.onDown('gone');
    hints.tell(token(1));
    await turn();
    bus.listener.onUp();
    await turn();
    expect(bus.published).toEqual([]);
  });

  it('apply what others tell, and not again what this process has told', async () => {
    bus.listener.onMessage(textOf({ sender: OTHER, revocations: [token(1), token(2)] }));
    expect(applied).toEqual([token(1), token(2)]);
    hints.tell(token(3));
    await turn();
    bus.listener.onMessage(bus.published[0]?.message ?? '');
    expect(applied).toHaveLength(2);
  });

  it('take what is not understood, and "everything", for a reason to read the feed: nobody empties the caches', () => {
    const before = readings;
    for (const message of ['', 'garbage', '{"kind":"everything"}', `r1 ${OTHER} token:x`, 'x'.repeat(100_000)]) {
      bus.listener.onMessage(message);
    }
    bus.listener.onMessage(textOf({ sender: OTHER, revocations: [{ kind: 'everything' }] }));
    expect([applied, readings - before]).toEqual([[], 6]);
    expect(hints.figures()).toMatchObject({ received: 6, strange: 5 });
  });

  it('have the feed read as soon as the bus is up again', () => {
    const before = readings;
    bus.listener.onDown('gone');
    bus.listener.onDown('still gone');
    bus.listener.onUp();
    expect(readings - before).toBe(1);
  });

  it('are off where there is no bus', () => {
    const invalidations = new Invalidations();
    const alone = new RevocationHints(new MovedClock(), {} as FeedReader, invalidations, true);
    alone.onApplicationBootstrap();
    alone.tell(token(1));
    expect(alone.figures()).toMatchObject({ bus: 'off', sent: 0, failed: 0 });
  });
});
