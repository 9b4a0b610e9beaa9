import { Clock } from '../../src/social-auth/clock/clock';
import type { Moment } from '../../src/social-auth/clock/moment';
import { Freshness } from '../../src/social-auth/revocation/freshness';
import { Invalidations, type Stamp } from '../../src/social-auth/revocation/invalidations';
import type { LastUse } from '../../src/social-auth/tokens/last-use';
import { LookupFigures } from '../../src/social-auth/tokens/lookup-figures';
import type { LookedUpToken } from '../../src/social-auth/tokens/looked-up-token';
import type { Principal } from '../../src/social-auth/tokens/principal';
import { TokenCache } from '../../src/social-auth/tokens/token-cache';
import type { TokenRules } from '../../src/social-auth/tokens/token-rules';

/** In ticks of the model. */
export const BOUND = 8;
export const TOKENS = 4;

/** What can happen next. */
export type Happening =
  | { kind: 'time'; ticks: number }
  /** The machine of the replica sleeps: its steady clock stands still. */
  | { kind: 'suspend'; ticks: number }
  /** Somebody sets the wall clock. */
  | { kind: 'wall'; ticks: number }
  /** An operator or another replica begins to revoke a token; the order of beginnings is that of the ids. */
  | { kind: 'begin'; token: number }
  /** One of the open transactions is committed, and a hint of it is sent. */
  | { kind: 'commit'; which: number }
  /** One of the hints arrives; lost are those that never do. */
  | { kind: 'hint'; which: number }
  /** Somebody who can write to the bus invents one. */
  | { kind: 'forged'; token: number }
  | { kind: 'feed_sent' }
  /** The database answers one of the readings with what it shows at that moment. */
  | { kind: 'feed_read'; which: number }
  | { kind: 'feed_arrives' }
  | { kind: 'feed_lost' }
  /** A request comes with a token. */
  | { kind: 'check'; token: number }
  | { kind: 'lookup_read'; which: number }
  | { kind: 'lookup_arrives'; which: number }
  | { kind: 'crash' };

/** How the replica of the model is made; a mutation leaves a rule out. */
export interface Rules {
  freshness: (clock: Clock, onDrift: () => void) => Pick<Freshness, 'isFresh' | 'readCompleted'>;
  invalidations: () => Invalidations;
  /** Which rows a reading brings: those of transactions that the last one did not show, or of larger ids. */
  feed: 'by snapshot' | 'by id';
}

export const SOUND: Rules = {
  freshness: (clock, onDrift) => new Freshness(clock, BOUND, onDrift),
  invalidations: () => new Invalidations(2),
  feed: 'by snapshot',
};

/** An acceptance that the promise forbids. */
export class BrokenPromise extends Error {}

interface Transaction {
  id: number;
  token: number;
}

interface Reading {
  sent: Moment;
  shown: Transaction[] | undefined;
}

interface Lookup {
  token: number;
  /** When the request came, by the true time. */
  began: number;
  stamp: Stamp;
  sentAt: number;
  lives: boolean | undefined;
}

class ModelClock extends Clock {
  steady = 1_000;
  wall = 50_000;

  override now(): number {
    return this.wall;
  }

  override monotonic(): number {
    return this.steady;
  }
}

const LAST_USE = { note: () => 60 } as unknown as LastUse;
const CACHED = { cache: { size: 10, seconds: 3_600 } } as unknown as TokenRules;

/** What a replica forgets when it crashes. */
class Replica {
  readonly clock = new ModelClock();
  readonly invalidations: Invalidations;
  readonly freshness: Pick<Freshness, 'isFresh' | 'readCompleted'>;
  readonly cache: TokenCache;
  readonly lookups: Lookup[] = [];
  reading: Reading | undefined;
  seen: Transaction[] | undefined;

  constructor(rules: Rules) {
    this.invalidations = rules.invalidations();
    this.freshness = rules.freshness(this.clock, () => this.invalidations.apply({ kind: 'everything' }));
    const freshness = this.freshness as Freshness;
    this.cache = new TokenCache(this.clock, freshness, LAST_USE, new LookupFigures(), CACHED, this.invalidations);
  }
}

/** One replica, the database and the network between them, one happening after the other. */
export class RevocationWorld {
  /** The true time, which nobody knows. */
  private time = 0;
  private begun = 0;
  private readonly open: Transaction[] = [];
  private readonly committed: Transaction[] = [];
  private readonly revokedAt = new Map<number, number>();
  private readonly hints: number[] = [];
  private replica: Replica;
  /** How many requests were let in, so that a model in which nobody ever is can be told. */
  accepted = 0;
  /** Those that were let in from memory. */
  fromMemory = 0;

  constructor(private readonly rules: Rules) {
    this.replica = new Replica(rules);
  }

  /** @throws BrokenPromise */
  happen(happening: Happening): void {
    const { replica } = this;
    switch (happening.kind) {
      case 'time':
        return this.pass(happening.ticks, happening.ticks);
      case 'suspend':
        return this.pass(happening.ticks, 0);
      case 'wall':
        replica.clock.wall += happening.ticks;
        return;
      case 'begin':
        this.open.push({ id: (this.begun += 1), token: happening.token });
        return;
      case 'commit':
        return this.commit(takeFrom(this.open, happening.which));
      case 'hint':
        return this.hear(takeFrom(this.hints, happening.which));
      case 'forged':
        return this.hear(happening.token);
      case 'feed_sent':
        replica.reading ??= { sent: { steady: replica.clock.steady, wall: replica.clock.wall }, shown: undefined };
        return;
      case 'feed_read':
        if (replica.reading) replica.reading.shown ??= [...this.committed];
        return;
      case 'feed_arrives':
        return this.feedArrives();
      case 'feed_lost':
        replica.reading = undefined;
        return;
      case 'check':
        return this.check(happening.token);
      case 'lookup_read':
        return this.lookupRead(happening.which);
      case 'lookup_arrives':
        return this.lookupArrives(happening.which);
      case 'crash':
        this.replica = new Replica(this.rules);
    }
  }

  private pass(ticks: number, steadyTicks: number): void {
    this.time += ticks;
    this.replica.clock.wall += ticks;
    this.replica.clock.steady += steadyTicks;
  }

  private commit(transaction: Transaction | undefined): void {
    if (!transaction) return;
    this.committed.push(transaction);
    if (!this.revokedAt.has(transaction.token)) this.revokedAt.set(transaction.token, this.time);
    this.hints.push(transaction.token);
  }

  private hear(token: number | undefined): void {
    if (token !== undefined) this.replica.invalidations.apply({ kind: 'token', tokenId: idOf(token) });
  }

  private feedArrives(): void {
    const { replica } = this;
    const { reading, seen } = replica;
    if (!reading?.shown) return;
    replica.reading = undefined;
    if (!seen) replica.invalidations.apply({ kind: 'everything' });
    for (const { token } of this.newRows(reading.shown, seen ?? [])) this.hear(token);
    replica.seen = reading.shown;
    replica.freshness.readCompleted(reading.sent);
  }

  private newRows(shown: Transaction[], seen: Transaction[]): Transaction[] {
    if (this.rules.feed === 'by snapshot') return shown.filter((one) => !seen.includes(one));
    const last = Math.max(0, ...seen.map(({ id }) => id));
    return shown.filter(({ id }) => id > last);
  }

  private check(token: number): void {
    if (this.replica.cache.get(idOf(token))) {
      this.fromMemory += 1;
      return this.accept(token, this.time);
    }
    this.lookUp(token, this.time);
  }

  private lookUp(token: number, began: number): void {
    const { invalidations, clock, lookups } = this.replica;
    lookups.push({ token, began, stamp: invalidations.sent(), sentAt: clock.steady, lives: undefined });
  }

  private lookupRead(which: number): void {
    const lookup = this.replica.lookups.at(which % Math.max(1, this.replica.lookups.length));
    if (lookup) lookup.lives ??= !this.revokedAt.has(lookup.token);
  }

  private lookupArrives(which: number): void {
    const { lookups, invalidations, cache } = this.replica;
    const index = which % Math.max(1, lookups.length);
    const lookup = lookups[index];
    if (!lookup || lookup.lives === undefined) return;
    lookups.splice(index, 1);
    if (!lookup.lives) return;
    const { token, began, stamp, sentAt } = lookup;
    if (!invalidations.holds(stamp, idOf(token), ACCOUNT)) return this.lookUp(token, began);
    cache.keep(idOf(token), lookedUp(token), sentAt, 60);
    this.accept(token, began);
  }

  private accept(token: number, began: number): void {
    this.accepted += 1;
    const revokedAt = this.revokedAt.get(token);
    if (revokedAt !== undefined && began > revokedAt + BOUND) {
      throw new BrokenPromise(`revoked at ${revokedAt}, accepted in a check that began at ${began}`);
    }
  }
}

const ACCOUNT = 'account';
const idOf = (token: number): string => `token ${token}`;

const takeFrom = <Item>(items: Item[], which: number): Item | undefined =>
  items.length === 0 ? undefined : items.splice(which % items.length, 1)[0];

const lookedUp = (token: number): LookedUpToken => ({
  principal: { account: { id: ACCOUNT }, token: { id: idOf(token), isSuperseded: false } } as unknown as Principal,
  usedAgo: 0,
  isUnusedSuccessor: false,
  endsIn: 3_600,
});
