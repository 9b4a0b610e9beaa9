// From the module, not the global: a host's test that fakes timers would make every request wait for ever.
import { setImmediate } from 'node:timers';

/**
 * Lets the requests that one turn of the event loop reads go on together, once all of them are read. By itself Node reads
 * a request, handles it and reads the next one, and each half of that work finds the processor's caches full of the other:
 * done half by half, the same work takes far less of the processor's time. Nobody waits for a request that has yet to come.
 */
export class Gathering {
  private next: Promise<void> | undefined;

  /** Resolves once all that was readable is read: the same promise for all who ask in one turn. */
  join(): Promise<void> {
    this.next ??= new Promise((resolve) => {
      setImmediate(() => {
        this.next = undefined;
        resolve();
      });
    });
    return this.next;
  }
}
