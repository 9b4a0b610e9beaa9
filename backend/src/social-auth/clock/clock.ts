import { Injectable } from '@nestjs/common';

/** Where the module reads the time: injected, so that a test can move it. */
export abstract class Clock {
  /** Wall-clock time in milliseconds since the Unix epoch, comparable with the claims of a token. */
  abstract now(): number;

  /** Milliseconds on a clock that never jumps, comparable with its own earlier readings only. */
  abstract monotonic(): number;
}

/** The clocks of the machine. */
@Injectable()
export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }

  override monotonic(): number {
    return performance.now();
  }
}
