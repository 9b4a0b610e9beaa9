import { SystemClock } from './clock';

describe('the clocks of the machine', () => {
  const clock = new SystemClock();

  it('tells the wall-clock time in milliseconds since the epoch', () => {
    const before = Date.now();
    const told = clock.now();
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  it('has a second clock that never goes back, even when the first is set back', () => {
    const wall = jest.spyOn(Date, 'now').mockReturnValue(0);
    const readings = Array.from({ length: 1_000 }, () => clock.monotonic());
    wall.mockRestore();
    expect(readings).toEqual([...readings].sort((one, other) => one - other));
    expect(readings[0]).toBeGreaterThan(0);
  });
});
