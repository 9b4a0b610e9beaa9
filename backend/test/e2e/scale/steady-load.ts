import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { persistently } from '../../support/persistently';
import { visit } from './visitor';

const VISITORS = 3;
/** Enough that something is always under way, and little enough for a machine that others need as well. */
const PAUSE_MS = 60;

/** What became of a request. */
export interface LoadOutcome {
  kind: 'look' | 'note';
  /** What is in the note. */
  text: string;
  /** Of the answer, or the code of the error of the connection. */
  status: number | string;
  /** Of the problem that was answered. */
  code?: string;
}

/** Visitors who come back when the database is said to be unavailable, which a busy machine may be for a moment, or not. */
export type Persistence = 'persistent' | 'fleeting';

/** A few visitors who look at their account and make notes, for as long as a test needs them. */
export class SteadyLoad {
  private readonly outcomes: LoadOutcome[] = [];
  private readonly visitors: Promise<void>[];
  private over = false;

  private constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly persistence: Persistence,
  ) {
    this.visitors = Array.from({ length: VISITORS }, () => this.comeAndGo());
  }

  static start(url: string, token: string, persistence: Persistence): SteadyLoad {
    return new SteadyLoad(url, token, persistence);
  }

  /** Waits until so many more requests have ended in one of these ways. */
  async more(count: number, statuses: readonly (number | string)[] = [200, 201]): Promise<void> {
    const begun = this.outcomes.length;
    await eventually(() => {
      const fitting = this.outcomes.slice(begun).filter(({ status }) => statuses.includes(status));
      expect(fitting.length).toBeGreaterThanOrEqual(count);
    }, 60_000);
  }

  /** Ends it and yields what became of every request. */
  async stop(): Promise<LoadOutcome[]> {
    this.over = true;
    await Promise.all(this.visitors);
    return this.outcomes;
  }

  private async comeAndGo(): Promise<void> {
    while (!this.over) {
      this.outcomes.push(await this.take('look'), await this.take('note'));
      await sleep(PAUSE_MS);
    }
  }

  private async take(kind: LoadOutcome['kind']): Promise<LoadOutcome> {
    if (this.persistence === 'fleeting') return this.takeOnce(kind);
    let outcome: LoadOutcome | undefined;
    await persistently(async () => {
      outcome = await this.takeOnce(kind);
      return { body: outcome };
    });
    return outcome!;
  }

  private async takeOnce(kind: LoadOutcome['kind']): Promise<LoadOutcome> {
    const { token } = this;
    // Another one each time: a note that was not acknowledged may have been kept.
    const text = randomUUID();
    const [path, wish] = kind === 'note' ? ['/notes', { token, json: { text } }] : ['/accounts/me', { token }];
    try {
      const { status, body } = await visit(this.url + path, wish);
      return { kind, text, status, code: body.code };
    } catch (error) {
      return { kind, text, status: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
  }
}
