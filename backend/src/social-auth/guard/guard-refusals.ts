import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '../errors/error-catalogue';

/** Counts requests that the guard did not let in, by code, since the start of this process; for the metrics of a host. */
@Injectable()
export class GuardRefusals {
  private readonly counts = new Map<ErrorCode, number>();

  count(code: ErrorCode): void {
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
  }

  /** All counts by code of the error catalogue, in the order in which the codes first came. */
  get totals(): ReadonlyMap<ErrorCode, number> {
    return new Map(this.counts);
  }
}
