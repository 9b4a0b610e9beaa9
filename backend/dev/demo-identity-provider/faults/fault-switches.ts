import { Endpoint, Fault } from './fault';

/** The faults that are switched on at one issuer, and how often each endpoint was asked. All are off at the start. */
export class FaultSwitches {
  private readonly faults = new Map<Endpoint, Fault>();
  private readonly counts = new Map<Endpoint, number>();

  /** Spoils an endpoint, or mends it with `undefined`. */
  set(endpoint: Endpoint, fault: Fault | undefined): void {
    if (fault === undefined) this.faults.delete(endpoint);
    else this.faults.set(endpoint, fault);
  }

  /** Counts a request and says what is wrong with its endpoint. */
  enter(endpoint: Endpoint): Fault | undefined {
    this.counts.set(endpoint, this.hits(endpoint) + 1);
    return this.faults.get(endpoint);
  }

  /** How often the endpoint was asked. */
  hits(endpoint: Endpoint): number {
    return this.counts.get(endpoint) ?? 0;
  }

  /** Mends everything and forgets the counts. */
  reset(): void {
    this.faults.clear();
    this.counts.clear();
  }
}
