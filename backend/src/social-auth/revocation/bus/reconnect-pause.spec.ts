import { reconnectPauseMs } from './reconnect-pause';

describe('the pause before the next attempt to connect', () => {
  it('doubles with each failure, up to five seconds, and is never the same for all', () => {
    for (const [failures, longest] of [
      [0, 100],
      [1, 200],
      [5, 3_200],
      [6, 5_000],
      [1_000, 5_000],
    ] as const) {
      const pauses = Array.from({ length: 200 }, () => reconnectPauseMs(failures));
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(longest / 2);
      expect(Math.max(...pauses)).toBeLessThanOrEqual(longest);
      expect(new Set(pauses).size).toBeGreaterThan(10);
    }
  });
});
