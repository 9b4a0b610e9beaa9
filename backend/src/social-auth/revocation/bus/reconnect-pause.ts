import { randomInt } from 'node:crypto';

const SHORTEST_MS = 100;
const LONGEST_MS = 5_000;

/**
 * How long to wait before the next attempt to connect, in milliseconds: longer each time, and of a random length, so
 * that the replicas do not come back all at once.
 *
 * @param failures How many attempts in a row have failed.
 */
export function reconnectPauseMs(failures: number): number {
  const longest = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures, 16));
  return randomInt(longest / 2, longest + 1);
}
