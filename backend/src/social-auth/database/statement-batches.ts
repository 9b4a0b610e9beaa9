import { DatabaseUnavailableError } from '../errors/social-auth.error';

/** What the batches may come to. */
export interface BatchLimits {
  /** Questions in one statement. */
  questions: number;
  /** With so many statements under way, those aside that are slow, a question waits for one of them. */
  abreast: number;
  /** Statements under way at once: what else the application does needs connections as well. */
  underWay: number;
  /** Questions that wait for a statement; one more is turned away. */
  waiting: number;
  /** After so long, in milliseconds, a question that still waits is turned away; after half of that, it may be. */
  patienceMs: number;
  /** After so long, in milliseconds, a statement that has not answered keeps the next one from being sent no more. */
  slowMs: number;
}

/** What came of the questions, counted by the batches since the start of this process. */
export class BatchFigures {
  /** Statements that were sent. */
  statements = 0;
  /** Questions that they put. */
  questions = 0;
  /** Questions that were answered with one that waited under the same key. */
  joined = 0;
  /** Questions that were turned away because too many were waiting, or because they waited for too long. */
  turnedAway = 0;
}

interface Waiting<Question, Answer> {
  question: Question;
  /** How often the clock of the waiting had struck. */
  since: number;
  promise: Promise<Answer | undefined>;
  resolve: (answer: Answer | undefined) => void;
  reject: (error: unknown) => void;
}

type Batch<Question, Answer> = Map<string, Waiting<Question, Answer>>;

/**
 * Gathers what is asked of the database into statements. What one turn of the event loop brings goes together and at once
 * where few statements are under way; otherwise it waits for one of them, which costs no more than a statement of its own
 * behind them would. Whoever asks under a key that waits is answered with it; a statement that was sent is joined by
 * nobody, so that every answer is younger than its question.
 */
export class StatementBatches<Question, Answer> {
  private waiting: Batch<Question, Answer> = new Map();
  private underWay = 0;
  private slow = 0;
  private isScheduled = false;
  /** How often half of the patience has passed while somebody waited. */
  private strokes = 0;
  private clock: NodeJS.Timeout | undefined;

  /** @param put Puts questions in one statement; the answers are by their keys, and those without one have none. */
  constructor(
    private readonly put: (questions: Question[]) => Promise<ReadonlyMap<string, Answer>>,
    private readonly figures: BatchFigures,
    private readonly limits: BatchLimits,
  ) {}

  /**
   * What is answered to a question.
   *
   * @throws DatabaseUnavailableError if too many are waiting, or for too long.
   * @throws whatever the statement fails with.
   */
  ask(key: string, question: Question): Promise<Answer | undefined> {
    const waiting = this.waiting.get(key);
    if (waiting) {
      this.figures.joined += 1;
      return waiting.promise;
    }
    if (this.waiting.size >= this.limits.waiting) {
      this.figures.turnedAway += 1;
      return Promise.reject(new DatabaseUnavailableError(new Error('too many are waiting')));
    }
    const promise = new Promise<Answer | undefined>((resolve, reject) => {
      // The promise itself is added below: it is not there yet.
      this.waiting.set(key, { question, since: this.strokes, resolve, reject } as Waiting<Question, Answer>);
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
    if (this.waiting.size > 0) this.clock ??= setTimeout(() => this.strike(), this.limits.patienceMs / 2);
  }

  /** One clock for all: a timer for each would cost more than the rest of its waiting. */
  private strike(): void {
    this.clock = undefined;
    this.strokes += 1;
    for (const [key, { since, reject }] of this.waiting) {
      if (since + 2 > this.strokes) break;
      this.waiting.delete(key);
      this.figures.turnedAway += 1;
      reject(new DatabaseUnavailableError(new Error('those before it take too long')));
    }
    this.dispatch();
  }

  private maySend(): boolean {
    if (this.underWay >= this.limits.underWay) return false;
    return this.underWay - this.slow < this.limits.abreast || this.waiting.size >= this.limits.questions;
  }

  private take(): Batch<Question, Answer> {
    if (this.waiting.size <= this.limits.questions) return this.takeAll();
    const taken = [...this.waiting].slice(0, this.limits.questions);
    for (const [key] of taken) this.waiting.delete(key);
    return new Map(taken);
  }

  private async send(batch: Batch<Question, Answer>): Promise<void> {
    this.figures.statements += 1;
    this.figures.questions += batch.size;
    const settle = this.begin();
    try {
      const answers = await this.put(Array.from(batch.values(), ({ question }) => question));
      settle();
      for (const [key, { resolve }] of batch) resolve(answers.get(key));
    } catch (error) {
      // With every connection that they may have taken up by statements without an answer, those that wait have waited
      // for as long as anybody should.
      if (this.slow === this.limits.underWay) reject(this.takeAll(), error);
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

  private takeAll(): Batch<Question, Answer> {
    const all = this.waiting;
    this.waiting = new Map();
    return all;
  }
}

function reject<Question, Answer>(batch: Batch<Question, Answer>, error: unknown): void {
  for (const waiting of batch.values()) waiting.reject(error);
}
