import { DatabaseUnavailableError } from '../errors/social-auth.error';
import type { LookupFigures } from './lookup-figures';

/** What the batches may come to; the defaults suit a pool of ten connections. */
export interface BatchLimits {
  /** Keys in one statement. */
  keys: number;
  /** Statements under way at once: what else the application does needs connections as well. */
  underWay: number;
  /** Keys that wait for a statement; one more is turned away. */
  waiting: number;
  /** After so long, in milliseconds, a statement that has not answered keeps the next one from being sent no more. */
  slowMs: number;
}

const LIMITS: BatchLimits = { keys: 250, underWay: 4, waiting: 10_000, slowMs: 25 };

interface Waiting<Found> {
  promise: Promise<Found | undefined>;
  resolve: (found: Found | undefined) => void;
  reject: (error: unknown) => void;
}

type Batch<Found> = Map<string, Waiting<Found>>;

/**
 * Gathers look-ups into statements. What one turn of the event loop brings goes together and at once where nothing is
 * under way; otherwise it waits for the statement under way, which costs no more than a statement of its own behind it
 * would. Whoever asks for a key that waits is answered with it; a statement that was sent is joined by nobody, so that
 * every answer is younger than its question.
 */
export class LookupBatches<Found> {
  private waiting: Batch<Found> = new Map();
  private underWay = 0;
  private slow = 0;
  private isScheduled = false;

  /** @param read Looks keys up in one statement; those that it does not find are not in its answer. */
  constructor(
    private readonly read: (keys: string[]) => Promise<ReadonlyMap<string, Found>>,
    private readonly figures: LookupFigures,
    private readonly limits: BatchLimits = LIMITS,
  ) {}

  /**
   * What is found under a key.
   *
   * @throws DatabaseUnavailableError if too many are waiting.
   * @throws whatever the statement fails with.
   */
  load(key: string): Promise<Found | undefined> {
    const waiting = this.waiting.get(key);
    if (waiting) {
      this.figures.joined += 1;
      return waiting.promise;
    }
    if (this.waiting.size >= this.limits.waiting) {
      this.figures.turnedAway += 1;
      return Promise.reject(new DatabaseUnavailableError(new Error('too many look-ups are waiting')));
    }
    const promise = new Promise<Found | undefined>((resolve, reject) => {
      // The promise itself is added below: it is not there yet.
      this.waiting.set(key, { resolve, reject } as Waiting<Found>);
    });
    const added = this.waiting.get(key);
    if (added) added.promise = promise;
    this.schedule();
    return promise;
  }

  /** After the requests that were read together with this one. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    while (this.waiting.size > 0 && this.maySend()) void this.send(this.take());
  }

  private maySend(): boolean {
    if (this.underWay >= this.limits.underWay) return false;
    return this.slow === this.underWay || this.waiting.size >= this.limits.keys;
  }

  private take(): Batch<Found> {
    if (this.waiting.size <= this.limits.keys) {
      const all = this.waiting;
      this.waiting = new Map();
      return all;
    }
    const taken = [...this.waiting].slice(0, this.limits.keys);
    for (const [key] of taken) this.waiting.delete(key);
    return new Map(taken);
  }

  private async send(batch: Batch<Found>): Promise<void> {
    this.figures.statements += 1;
    this.figures.tokens += batch.size;
    const settle = this.begin();
    try {
      const found = await this.read([...batch.keys()]);
      settle();
      for (const [key, { resolve }] of batch) resolve(found.get(key));
    } catch (error) {
      // With every connection that they may have taken up by statements without an answer, those that wait have waited
      // for as long as anybody should.
      if (this.underWay === this.limits.underWay) reject(this.takeAll(), error);
      settle();
      reject(batch, error);
    }
    this.dispatch();
  }

  /** Counts a statement as under way, and as slow after a while; returns what ends both. */
  private begin(): () => void {
    this.underWay += 1;
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.slow += 1;
      this.dispatch();
    }, this.limits.slowMs);
    return () => {
      clearTimeout(timer);
      this.underWay -= 1;
      if (isSlow) this.slow -= 1;
    };
  }

  private takeAll(): Batch<Found> {
    const all = this.waiting;
    this.waiting = new Map();
    return all;
  }
}

function reject<Found>(batch: Batch<Found>, error: unknown): void {
  for (const waiting of batch.values()) waiting.reject(error);
}
