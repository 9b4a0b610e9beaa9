import { DatabaseUnavailableError } from '../../errors/social-auth.error';

/** The longest wait for one's turn, in milliseconds: longer than for a connection, since nothing is held meanwhile. */
const PATIENCE_MS = 2_500;

/** Somebody who waits. */
interface Waiting {
  go: () => void;
}

/**
 * Lets those who would wait for one lock of the database anyway wait here, where they hold no connection: a person who
 * signs in fifty times at once would otherwise take all of them from everybody else.
 */
export class Turns {
  /** Those who wait for each key at which somebody is. */
  private readonly queues = new Map<string, Waiting[]>();

  /**
   * Runs `work` when nobody else is at it with the same key.
   *
   * @throws DatabaseUnavailableError if that takes too long; `work` is not run then.
   */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.queues.get(key);
    if (queue === undefined) this.queues.set(key, []);
    else await this.wait(queue);
    try {
      return await work();
    } finally {
      this.next(key);
    }
  }

  /** At how many keys somebody is. */
  get size(): number {
    return this.queues.size;
  }

  private wait(queue: Waiting[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(new DatabaseUnavailableError(new Error('those before it took too long')));
      }, PATIENCE_MS);
      const waiting = {
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      queue.push(waiting);
    });
  }

  private next(key: string): void {
    const waiting = this.queues.get(key)?.shift();
    if (waiting) waiting.go();
    else this.queues.delete(key);
  }
}
