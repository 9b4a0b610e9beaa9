import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuiltApp } from './built-app';
import { eventually } from './eventually';
import type { PostgresServer } from './postgres-server';
import { Replicas } from './replicas';
import { RevocationWatch } from './revocation-watch';

const REPLICAS = 4;
const TOKENS = 5;
const START_MS = 240_000;
const TEST_MS = 120_000;
const METRICS_TOKEN = randomBytes(32).toString('hex');
const HEARD = /^social_auth_revocation_hints_total\{result="received"\} (\d+)$/m;

/** Four built replicas, of which each is presented the same tokens all the time. */
export class WatchedReplicas {
  replicas!: Replicas;
  tokens: string[] = [];
  /** Where the tokens are revoked. */
  first!: RevocationWatch;
  others: RevocationWatch[] = [];
  private round = 0;

  constructor(private readonly boundMs: number) {}

  /** Signs people in, and begins to present their tokens. */
  async begin(): Promise<void> {
    this.round += 1;
    const people = Array.from({ length: TOKENS }, (_, index) => `p${this.round}-${index}`);
    this.tokens = await Promise.all(people.map((person) => this.replicas.signIn(person)));
    this.first = new RevocationWatch(this.replicas.first, this.tokens);
    this.others = this.replicas.others.map((app) => new RevocationWatch(app, this.tokens));
    await Promise.all(this.all.map((watch) => watch.letIn()));
  }

  async revokeAll(): Promise<void> {
    for (const token of this.tokens) await this.revoke(token);
  }

  async revoke(token: string): Promise<void> {
    await this.replicas.revoke(token);
    const answeredAt = performance.now();
    for (const watch of this.all) watch.revoked(token, answeredAt);
  }

  /** Watches until checks have begun that the promise speaks of. */
  async expectKept(last: 401 | 503): Promise<void> {
    await Promise.all([this.first.ends(401), ...this.others.map((watch) => watch.ends(last))]);
    await sleep(this.boundMs + 200);
    expect(this.first.late(0)).toBeGreaterThan(0);
    expect(this.first.forbidden(0)).toEqual([]);
    for (const watch of this.others) {
      expect(watch.late(this.boundMs)).toBeGreaterThan(0);
      expect(watch.forbidden(this.boundMs)).toEqual([]);
    }
  }

  /** Ends tokens that nobody is presented until each of the others has heard a hint: one alone may be lost. */
  async expectHeard(): Promise<void> {
    const before = await this.heard();
    await eventually(async () => {
      await this.replicas.revoke(await this.replicas.signIn(`p${this.round}-heard`));
      const heard = await this.heard();
      expect(heard.map((hints, index) => hints > (before[index] ?? NaN))).toEqual(heard.map(() => true));
    }, 30_000);
  }

  /** How many hints each of the others has heard since it started. */
  private heard(): Promise<number[]> {
    return Promise.all(
      this.replicas.others.map(async (app) => {
        const { text } = await app.api('/metrics', { token: METRICS_TOKEN });
        return Number(HEARD.exec(text)?.[1]);
      }),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map((watch) => watch?.stop()));
  }

  private get all(): RevocationWatch[] {
    return [this.first, ...this.others];
  }
}

/** Starts replicas before the tests, and presents new tokens to each of them before every test. */
export function watchedReplicas(
  postgres: () => PostgresServer,
  redisUrl: () => string | undefined,
  boundMs: number,
): WatchedReplicas {
  const watched = new WatchedReplicas(boundMs);
  beforeAll(async () => {
    const settings = { count: REPLICAS, boundMs, redisUrl: redisUrl(), metricsToken: METRICS_TOKEN };
    watched.replicas = await Replicas.start(postgres(), settings);
  }, START_MS);
  beforeEach(() => watched.begin(), TEST_MS);
  afterAll(async () => {
    await watched.replicas?.stop();
    await BuiltApp.killAll();
  });
  return watched;
}
