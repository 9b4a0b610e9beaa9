import { presentOf, secondsBetween, type Moment } from './moment';
import { SystemClock } from './clock';

const at = (seconds: number): Moment => ({ steady: seconds * 1_000, wall: seconds * 1_000 });

it('is the present of both clocks', () => {
  const before = Date.now();
  const { steady, wall } = presentOf(new SystemClock());
  expect(wall).toBeGreaterThanOrEqual(before);
  expect(steady).toBeLessThanOrEqual(performance.now());
});

describe('the time between two moments', () => {
  it.each<[string, Moment, Moment, number]>([
    ['that of both clocks', at(1), at(4), 3],
    ['that of the wall clock while the machine was suspended', at(0), { steady: 5_000, wall: 3_600_000 }, 3_600],
    ['that of the steady clock where the other was set back', at(100), { steady: 105_000, wall: 0 }, 5],
    ['never negative', at(9), at(3), 0],
  ])('is %s', (_, earlier, later, seconds) => expect(secondsBetween(earlier, later)).toBe(seconds));
});
