import { Injectable } from '@nestjs/common';

/** Counts sign-ins that were accepted, by provider, since the start of this process; for the metrics of a host. */
@Injectable()
export class AcceptedSignIns {
  private readonly counts = new Map<string, number>();

  /** @param provider of a definition, never of a request: nobody outside can make the map grow. */
  count(provider: string): void {
    this.counts.set(provider, (this.counts.get(provider) ?? 0) + 1);
  }

  /** All counts by provider, in the order in which the providers first came. */
  get totals(): ReadonlyMap<string, number> {
    return new Map(this.counts);
  }
}
