import { Clock } from '../../src/social-auth/clock/clock';

/** A clock that stands still until a test moves it; it starts at the true second, as tokens tell it. */
export class MovedClock extends Clock {
  private wall = Math.floor(Date.now() / 1_000) * 1_000;
  private steady = 1_000_000;

  override now(): number {
    return this.wall;
  }

  override monotonic(): number {
    return this.steady;
  }

  /** Lets time pass on both clocks. */
  pass(seconds: number): void {
    this.wall += seconds * 1_000;
    this.steady += seconds * 1_000;
  }

  /** Sets the wall clock wrong (or right again) by so many seconds; the steady one does not notice. */
  shift(seconds: number): void {
    this.wall += seconds * 1_000;
  }
}
