import { MovedClock } from '../../../test/support/moved-clock';
import { presentOf } from '../clock/moment';
import { Freshness } from './freshness';

describe('what is in memory', () => {
  let clock: MovedClock;
  let drifts: number;
  let freshness: Freshness;

  beforeEach(() => {
    clock = new MovedClock();
    drifts = 0;
    freshness = new Freshness(clock, 2_000, () => (drifts += 1));
  });

  it('is not believed before a reading was completed', () => {
    expect([freshness.isFresh(), freshness.ageMs()]).toEqual([false, undefined]);
  });

  it('is believed until the bound has passed since that reading was sent, to the millisecond', () => {
    const sent = presentOf(clock);
    clock.pass(1.5);
    freshness.readCompleted(sent);
    clock.pass(0.5);
    expect([freshness.isFresh(), freshness.ageMs()]).toEqual([true, 2_000]);
    clock.pass(0.001);
    expect(freshness.isFresh()).toBe(false);
  });

  it('is believed no longer for a reading that comes late', () => {
    const early = presentOf(clock);
    clock.pass(1);
    freshness.readCompleted(presentOf(clock));
    freshness.readCompleted(early);
    clock.pass(1.5);
    expect(freshness.isFresh()).toBe(true);
  });

  it.each([0.501, -0.501, 3_600])('is dropped once where the clocks have run apart by %d s', (seconds) => {
    freshness.readCompleted(presentOf(clock));
    clock.shift(seconds);
    expect([freshness.isFresh(), freshness.isFresh(), drifts]).toEqual([false, false, 1]);
    freshness.readCompleted(presentOf(clock));
    expect([freshness.isFresh(), drifts]).toEqual([true, 1]);
  });

  it('is dropped again where a reading comes that was sent before they ran apart', () => {
    const before = presentOf(clock);
    clock.shift(3_600);
    freshness.readCompleted(before);
    expect([freshness.isFresh(), drifts]).toEqual([false, 1]);
  });

  it('is dropped where the clocks ran apart between two readings and nobody asked', () => {
    freshness.readCompleted(presentOf(clock));
    clock.shift(3_600);
    freshness.readCompleted(presentOf(clock));
    expect([freshness.isFresh(), drifts]).toEqual([true, 1]);
  });

  it('grows older while the machine is suspended for less than that', () => {
    freshness.readCompleted(presentOf(clock));
    clock.pass(1.7);
    clock.shift(0.4);
    expect([freshness.isFresh(), drifts]).toEqual([false, 0]);
  });
});
