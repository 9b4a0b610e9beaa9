import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually';
import type { BuiltApp } from './built-app';

interface Check {
  startedAt: number;
  status: number;
  /** In milliseconds. */
  took: number;
}

/** Between two checks of a token, so that several replicas can be watched by two cores. */
const PAUSE_MS = 5;

/** Presents tokens to a replica again and again, and remembers when each check began and how it ended. */
export class RevocationWatch {
  private readonly checks = new Map<string, Check[]>();
  /** When the revocation of a token had been answered: it was committed before. */
  private readonly answeredAt = new Map<string, number>();
  private readonly loops: Promise<void>[];
  private watching = true;

  constructor(
    private readonly replica: BuiltApp,
    tokens: readonly string[],
  ) {
    this.loops = tokens.map((token) => this.present(token));
  }

  /** Resolves when every token has been let in at least so often. */
  async letIn(times = 3): Promise<void> {
    await eventually(() => {
      for (const checks of this.checks.values()) {
        if (checks.filter(({ status }) => status === 200).length < times) throw new Error('not let in yet');
      }
    }, 30_000);
  }

  /** Remembers when the revocation of a token was answered. */
  revoked(token: string, answeredAt: number): void {
    this.answeredAt.set(token, answeredAt);
  }

  /** The acceptances of checks that began after a moment. */
  accepted(after: number): Check[] {
    const checks = [...this.checks.values()].flat();
    return checks.filter(({ status, startedAt }) => status === 200 && startedAt > after);
  }

  /** Resolves when the last check of every revoked token ended like this. */
  async ends(status: number): Promise<void> {
    await eventually(() => {
      for (const token of this.answeredAt.keys()) {
        const last = this.checks.get(token)?.at(-1)?.status;
        if (last !== status) throw new Error(`the last check ended with ${last}`);
      }
    }, 30_000);
  }

  /**
   * The acceptances that the promise forbids: of checks that began, seen from here and so earlier than there, later than
   * the bound after the revocation was answered, and so later than it was committed. No slow machine makes one.
   */
  forbidden(boundMs: number): Check[] {
    return [...this.answeredAt].flatMap(([token, at]) =>
      (this.checks.get(token) ?? []).filter(({ status, startedAt }) => status === 200 && startedAt > at + boundMs),
    );
  }

  /** How many checks began later than the bound after the revocation was answered: of none, nothing is shown. */
  late(boundMs: number): number {
    return [...this.answeredAt].flatMap(([token, at]) =>
      (this.checks.get(token) ?? []).filter(({ startedAt }) => startedAt > at + boundMs),
    ).length;
  }

  async stop(): Promise<void> {
    this.watching = false;
    await Promise.all(this.loops);
  }

  private async present(token: string): Promise<void> {
    const checks: Check[] = [];
    this.checks.set(token, checks);
    while (this.watching) {
      const startedAt = performance.now();
      const { status } = await this.replica.api('/accounts/me', { token });
      checks.push({ startedAt, status, took: performance.now() - startedAt });
      await sleep(PAUSE_MS);
    }
  }
}
