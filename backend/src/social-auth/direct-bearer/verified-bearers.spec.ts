import { MovedClock } from '../../../test/support/moved-clock';
import { Invalidations } from '../revocation/invalidations';
import type { Principal } from '../tokens/principal';
import { VerifiedBearers } from './verified-bearers';

const clock = new MovedClock();

const principalOf = (accountId = 'a1', lifeSeconds = 3_600): Principal => ({
  account: {
    id: accountId,
    kind: 'person',
    email: null,
    emailVerified: false,
    name: null,
    picture: null,
    provider: 'auth0',
    roles: [],
    createdAt: new Date(clock.now()),
  },
  token: {
    id: 'fingerprint',
    kind: 'direct',
    provider: 'auth0',
    scopes: undefined,
    createdAt: new Date(clock.now()),
    expiresAt: new Date(clock.now() + lifeSeconds * 1_000),
    authenticatedAt: undefined,
    isSuperseded: false,
  },
});

let invalidations: Invalidations;
let bearers: VerifiedBearers;

beforeEach(() => {
  invalidations = new Invalidations();
  bearers = new VerifiedBearers(clock, invalidations, 3);
});

/** Keeps a principal that was read just now. */
function kept(principal: Principal, lifeMs: number, digest = 'digest'): void {
  bearers.keep(digest, principal, bearers.reading(), lifeMs);
}

describe('what was verified of bearer tokens', () => {
  it('is believed for its time, counted from the reading', () => {
    const principal = principalOf();
    const reading = bearers.reading();
    clock.pass(1.5);
    bearers.keep('digest', principal, reading, 2_000);
    clock.pass(0.499);
    expect(bearers.get('digest')).toBe(principal);
    clock.pass(0.002);
    expect(bearers.get('digest')).toBeUndefined();
    expect(bearers.size).toBe(0);
  });

  it('is not believed after the end of the token', () => {
    kept(principalOf('a1', 1), 60_000);
    clock.pass(0.999);
    expect(bearers.get('digest')).toBeDefined();
    clock.pass(0.002);
    expect(bearers.get('digest')).toBeUndefined();
  });

  it('is not believed after a time that only the wall clock has seen: the machine was suspended', () => {
    kept(principalOf(), 2_000);
    clock.shift(3);
    expect(bearers.get('digest')).toBeUndefined();
  });

  it.each<[string, Parameters<Invalidations['apply']>[0], boolean]>([
    ['its account', { kind: 'account', accountId: 'a1' }, false],
    ['everything', { kind: 'everything' }, false],
    ['another account', { kind: 'account', accountId: 'a2' }, true],
    ['a token of ours', { kind: 'token', tokenId: 't1' }, true],
  ])('T6 after an invalidation of %s is believed or not', (_name, revocation, isBelieved) => {
    kept(principalOf(), 60_000);
    invalidations.apply(revocation);
    expect(bearers.get('digest') !== undefined).toBe(isBelieved);
  });

  it('T6 is not kept where its account was invalidated while it was read', () => {
    const reading = bearers.reading();
    invalidations.apply({ kind: 'account', accountId: 'a1' });
    expect(bearers.holds(reading, principalOf())).toBe(false);
    bearers.keep('digest', principalOf(), reading, 60_000);
    expect(bearers.get('digest')).toBeUndefined();
    expect(bearers.holds(bearers.reading(), principalOf())).toBe(true);
  });

  it('is not kept for no time, as with keys that answer only because their endpoint does not', () => {
    kept(principalOf(), 0);
    expect(bearers.size).toBe(0);
  });

  it('D8 is no more than a number of tokens, the least used of which goes', () => {
    for (const digest of ['one', 'two', 'three']) kept(principalOf(), 60_000, digest);
    bearers.get('one');
    kept(principalOf(), 60_000, 'four');
    expect(['one', 'two', 'three', 'four'].map((digest) => bearers.get(digest) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});
