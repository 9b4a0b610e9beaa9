import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../errors/social-auth.error';
import { BatchFigures, StatementBatches, type BatchLimits } from './statement-batches';

/** A database whose statements the test answers. */
class Statements {
  readonly sent: { keys: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  readonly figures = new BatchFigures();
  readonly batches: StatementBatches<string, string>;

  constructor(limits: Partial<BatchLimits> = {}) {
    const put = (keys: string[]): Promise<Map<string, string>> =>
      new Promise((resolve, fail) => {
        const found = keys.filter((key) => !key.startsWith('unknown')).map((key) => [key, `found ${key}`] as const);
        this.sent.push({ keys, answer: () => resolve(new Map(found)), fail });
      });
    const all = { questions: 3, abreast: 1, underWay: 2, waiting: 6, patienceMs: 60_000, slowMs: 60_000, ...limits };
    this.batches = new StatementBatches(put, this.figures, all);
  }

  ask(...keys: string[]): Promise<(string | undefined)[]> {
    return Promise.all(keys.map((key) => this.batches.ask(key, key)));
  }

  get keys(): string[][] {
    return this.sent.map(({ keys }) => keys);
  }
}

/** What is due by now has run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** Lets a failure be waited for later. */
const settled = (loading: Promise<unknown>): Promise<unknown> => loading.catch((error: unknown) => error);

describe('questions', () => {
  it('of one moment go in one statement, which says what of each', async () => {
    const statements = new Statements();
    const loading = statements.ask('a', 'unknown', 'b');
    await turn();
    expect(statements.keys).toEqual([['a', 'unknown', 'b']]);
    statements.sent[0]?.answer();
    expect(await loading).toEqual(['found a', undefined, 'found b']);
  });

  it('wait for the statement under way, and go as soon as it has answered', async () => {
    const statements = new Statements();
    const first = statements.ask('a');
    await turn();
    const later = [statements.ask('b'), statements.ask('c')];
    await turn();
    expect(statements.keys).toEqual([['a']]);
    statements.sent[0]?.answer();
    await first;
    expect(statements.keys).toEqual([['a'], ['b', 'c']]);
    statements.sent[1]?.answer();
    await Promise.all(later);
  });

  it('go beside as many statements as may go abreast', async () => {
    const statements = new Statements({ abreast: 2 });
    const loading: Promise<unknown>[] = [];
    for (const key of ['a', 'b', 'c']) {
      loading.push(statements.ask(key));
      await turn();
    }
    expect(statements.keys).toEqual([['a'], ['b']]);
    statements.sent[1]?.answer();
    await turn();
    expect(statements.keys).toEqual([['a'], ['b'], ['c']]);
    for (const { answer } of statements.sent) answer();
    await Promise.all(loading);
  });

  it('of one key that wait are one; those of a key that was sent are not answered with it', async () => {
    const statements = new Statements();
    const before = statements.ask('a', 'a');
    await turn();
    const after = statements.ask('a', 'a');
    await turn();
    statements.sent[0]?.answer();
    await before;
    expect(statements.keys).toEqual([['a'], ['a']]);
    statements.sent[1]?.answer();
    expect(await after).toEqual(['found a', 'found a']);
    expect(statements.figures).toMatchObject({ statements: 2, questions: 2, joined: 2 });
  });

  it('go beside a statement under way where they fill one, up to as many as there may be', async () => {
    const statements = new Statements();
    const loading = [statements.ask('a')];
    await turn();
    loading.push(statements.ask('b', 'c', 'd', 'e', 'f', 'g'));
    await turn();
    expect(statements.keys).toEqual([['a'], ['b', 'c', 'd']]);
    statements.sent[0]?.answer();
    await turn();
    expect(statements.keys).toHaveLength(3);
    for (const { answer } of statements.sent) answer();
    await Promise.all(loading);
  });

  it('do not wait for a statement that is slow', async () => {
    const statements = new Statements({ slowMs: 5 });
    const stuck = statements.ask('a');
    await turn();
    const other = statements.ask('b');
    while (statements.sent.length < 2) await sleep(1);
    statements.sent[1]?.answer();
    expect(await other).toEqual(['found b']);
    statements.sent[0]?.answer();
    await stuck;
  });

  it('D5 are turned away where too many wait, and those that wait are answered', async () => {
    const statements = new Statements();
    const first = statements.ask('a');
    await turn();
    const full = statements.ask('b', 'c', 'd', 'e', 'f', 'g');
    await expect(statements.batches.ask('h', 'h')).rejects.toThrow(DatabaseUnavailableError);
    expect(statements.figures.turnedAway).toBe(1);
    // A key that waits takes no further room.
    const joined = statements.ask('b');
    await turn();
    for (let sent = 0; sent < 3; sent += 1) {
      statements.sent[sent]?.answer();
      await turn();
    }
    expect(await joined).toEqual(['found b']);
    await Promise.all([first, full]);
  });

  it('fail with their statement alone, and the next ones go', async () => {
    const statements = new Statements();
    const failing = settled(statements.ask('a'));
    await turn();
    const waiting = statements.ask('b');
    statements.sent[0]?.fail(new Error('down'));
    expect(await failing).toEqual(new Error('down'));
    await turn();
    expect(statements.keys).toEqual([['a'], ['b']]);
    statements.sent[1]?.answer();
    expect(await waiting).toEqual(['found b']);
  });

  it('wait on where a statement fails beside others that may well answer', async () => {
    const statements = new Statements({ abreast: 2 });
    const failing = settled(statements.ask('a'));
    await turn();
    const beside = statements.ask('b');
    await turn();
    const waiting = statements.ask('c');
    await turn();
    statements.sent[0]?.fail(new Error('down'));
    expect(await failing).toEqual(new Error('down'));
    await turn();
    expect(statements.keys).toEqual([['a'], ['b'], ['c']]);
    for (const { answer } of statements.sent) answer();
    expect(await Promise.all([beside, waiting])).toEqual([['found b'], ['found c']]);
  });

  it('D5 are turned away once they have waited for too long, however many statements go well', async () => {
    const statements = new Statements({ abreast: 2, patienceMs: 100 });
    const stuck = [statements.ask('a')];
    await turn();
    stuck.push(statements.ask('b', 'c', 'd'));
    await turn();
    const asked = performance.now();
    await expect(statements.ask('e')).rejects.toThrow(DatabaseUnavailableError);
    expect(performance.now() - asked).toBeGreaterThanOrEqual(45);
    expect(statements.figures.turnedAway).toBe(1);
    const later = statements.ask('f');
    statements.sent[0]?.answer();
    await turn();
    expect(statements.keys).toEqual([['a'], ['b', 'c', 'd'], ['f']]);
    for (const { answer } of statements.sent) answer();
    await Promise.all([...stuck, later]);
  });

  it('fail as well while they wait, once no other connection could be tried; and the next ones go', async () => {
    const statements = new Statements({ slowMs: 1 });
    const failing = [settled(statements.ask('a'))];
    await turn();
    failing.push(settled(statements.ask('b', 'c', 'd')));
    await turn();
    failing.push(settled(statements.ask('e')));
    await sleep(20);
    statements.sent[0]?.fail(new Error('down'));
    statements.sent[1]?.fail(new Error('down'));
    expect(await Promise.all(failing)).toEqual(Array.from({ length: 3 }, () => new Error('down')));
    const next = statements.ask('f');
    await turn();
    statements.sent[2]?.answer();
    expect(await next).toEqual(['found f']);
  });
});
