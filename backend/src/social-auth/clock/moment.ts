import type { Clock } from './clock';

/** A moment on both clocks of a machine. */
export interface Moment {
  steady: number;
  wall: number;
}

/** The present. */
export const presentOf = (clock: Clock): Moment => ({ steady: clock.monotonic(), wall: clock.now() });

/**
 * Seconds between two moments by the clock on which more has passed: the steady one stands still while a machine is
 * suspended, the other may be set back.
 */
export function secondsBetween(earlier: Moment, later: Moment): number {
  return Math.max(0, later.steady - earlier.steady, later.wall - earlier.wall) / 1_000;
}
