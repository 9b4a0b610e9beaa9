import { MovedClock } from '../../../test/support/moved-clock';
import { Freshness } from '../revocation/freshness';
import { Invalidations } from '../revocation/invalidations';
import type { LookedUpToken } from './looked-up-token';
import { LookupFigures } from './lookup-figures';
import { TokenCache } from './token-cache';
import type { TokenRules } from './token-rules';

const BOUND_MS = 2_000;

/** A cache whose feed is read when the test says so. */
class Bench {
  readonly clock = new MovedClock();
  readonly invalidations = new Invalidations();
  readonly figures = new LookupFigures();
  readonly noted: string[] = [];
  /** For how many seconds a note is enough. */
  notedFor = 30;
  private readonly freshness = new Freshness(this.clock, BOUND_MS, () =>
    this.invalidations.apply({ kind: 'everything' }),
  );
  readonly cache: TokenCache;

  constructor(rule: Partial<TokenRules['cache']> = {}) {
    const rules = { cache: { size: 100, seconds: 60, ...rule } } as TokenRules;
    const lastUse = {
      note: (tokenId: string): number => {
        this.noted.push(tokenId);
        return this.notedFor;
      },
    };
    this.cache = new TokenCache(this.clock, this.freshness, lastUse as never, this.figures, rules, this.invalidations);
    this.read();
  }

  /** The feed is read up to now. */
  read(): void {
    this.freshness.readCompleted({ steady: this.clock.monotonic(), wall: this.clock.now() });
  }

  /** Time passes, with the feed read on the way. */
  pass(seconds: number): void {
    this.clock.pass(seconds);
    this.read();
  }

  keep(id: string, about: Partial<LookedUpToken> = {}, account = 'account', notedFor = Infinity): void {
    this.cache.keep(`key ${id}`, lookedUp(id, account, about), this.clock.monotonic(), notedFor);
  }

  /** The ids of tokens that it answers. */
  known(...ids: string[]): string[] {
    return ids.filter((id) => this.cache.get(`key ${id}`)?.token.id === id);
  }
}

const lookedUp = (id: string, account: string, about: Partial<LookedUpToken>): LookedUpToken => ({
  principal: { account: { id: account }, token: { id, isSuperseded: false } } as LookedUpToken['principal'],
  usedAgo: 0,
  isUnusedSuccessor: false,
  endsIn: 3_600,
  ...about,
});

describe('the cache of tokens', () => {
  it('answers while the feed was read within the bound, and again once it is', () => {
    const bench = new Bench();
    bench.keep('a');
    bench.clock.pass(BOUND_MS / 1_000);
    expect(bench.known('a')).toEqual(['a']);
    bench.clock.pass(0.001);
    expect(bench.known('a')).toEqual([]);
    bench.read();
    expect(bench.known('a')).toEqual(['a']);
    expect(bench.figures).toMatchObject({ hits: 2, cached: 1 });
  });

  it('keeps nothing that is looked up while the feed is stale', () => {
    const bench = new Bench();
    bench.clock.pass(3);
    bench.keep('a');
    bench.read();
    expect(bench.known('a')).toEqual([]);
  });

  it('is cleared when the clocks run apart', () => {
    const bench = new Bench();
    bench.keep('a');
    bench.clock.shift(1);
    expect(bench.known('a')).toEqual([]);
    bench.read();
    expect([bench.known('a'), bench.figures.cached]).toEqual([[], 0]);
  });

  it.each([
    ['the maximum age', {}, 60],
    ['the end of the token, its idle end or its grace', { endsIn: 10 }, 10],
  ])('T5 believes an entry until %s, to the millisecond', (_what, about, seconds) => {
    const bench = new Bench();
    bench.keep('a', about);
    bench.pass(seconds - 0.001);
    expect(bench.known('a')).toEqual(['a']);
    bench.pass(0.001);
    expect(bench.known('a')).toEqual([]);
  });

  it('T6 drops what is invalidated, and nothing else', () => {
    const bench = new Bench();
    for (const id of ['a1', 'a2']) bench.keep(id, {}, 'a');
    for (const id of ['b1', 'b2']) bench.keep(id, {}, 'b');
    bench.invalidations.apply({ kind: 'token', tokenId: 'a1' });
    expect(bench.known('a1', 'a2', 'b1', 'b2')).toEqual(['a2', 'b1', 'b2']);
    bench.invalidations.apply({ kind: 'account', accountId: 'b' });
    expect(bench.known('a1', 'a2', 'b1', 'b2')).toEqual(['a2']);
    bench.invalidations.apply({ kind: 'everything' });
    expect([bench.known('a2'), bench.figures.cached]).toEqual([[], 0]);
  });

  it('T6 drops an entry that took the place of another one of its token', () => {
    const bench = new Bench();
    bench.keep('a', { endsIn: 1 });
    bench.keep('a');
    bench.pass(2);
    expect(bench.known('a')).toEqual(['a']);
    bench.invalidations.apply({ kind: 'account', accountId: 'account' });
    expect(bench.known('a')).toEqual([]);
  });

  it('D5 holds no more than it may: the one that was not used for longest makes room', () => {
    const bench = new Bench({ size: 2 });
    for (const id of ['a', 'b']) bench.keep(id);
    expect(bench.known('a')).toEqual(['a']);
    bench.keep('c');
    expect([bench.known('a', 'b', 'c'), bench.figures.cached]).toEqual([['a', 'c'], 2]);
  });

  it('keeps neither a superseded token nor a successor whose first use is not recorded', () => {
    const bench = new Bench();
    bench.keep('a', { isUnusedSuccessor: true });
    const superseded = { account: { id: 'b' }, token: { id: 'b', isSuperseded: true } };
    bench.keep('b', { principal: superseded as LookedUpToken['principal'] });
    expect(bench.known('a', 'b')).toEqual([]);
  });

  it('keeps nothing at the size 0', () => {
    const bench = new Bench({ size: 0 });
    bench.keep('a');
    expect(bench.known('a')).toEqual([]);
  });

  it('notes a use that is answered from memory, once in a while', () => {
    const bench = new Bench();
    bench.keep('a', {}, 'account', 10);
    const noted = (): number => {
      bench.known('a', 'a');
      return bench.noted.length;
    };
    expect(noted()).toBe(0);
    bench.pass(10);
    expect(noted()).toBe(1);
    bench.pass(29);
    expect(noted()).toBe(1);
    bench.pass(1);
    expect(noted()).toBe(2);
  });

  it('notes the next use where there was no room for one', () => {
    const bench = new Bench();
    bench.keep('a', {}, 'account', 0);
    bench.notedFor = 0;
    bench.known('a', 'a');
    expect(bench.noted).toEqual(['a', 'a']);
  });
});
