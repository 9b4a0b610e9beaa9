import { array, assert, constantFrom, integer, oneof, option, property, record, string, subarray } from 'fast-check';
import { grantPersonal, type PersonalGrant, type PersonalTokenWish } from './personal-grant';
import type { PrincipalToken } from './principal';

type Creator = Pick<PrincipalToken, 'kind' | 'scopes'>;

const RULES = { scopes: ['notes:read', 'notes:write'], ttlSeconds: 100, maximumTtlSeconds: 1_000 };
const SIGN_IN: Creator = { kind: 'sign_in', scopes: undefined };

const grant = (wish: PersonalTokenWish, creator: Creator = SIGN_IN): PersonalGrant =>
  grantPersonal(wish, creator, RULES);

describe('what a personal token is granted', () => {
  it.each<[string, string[], Creator, string[]]>([
    ['a scope that this server does not offer', ['notes:read', 'admin'], SIGN_IN, ['admin']],
    [
      'a scope that the creating token lacks',
      RULES.scopes,
      { kind: 'sign_in', scopes: ['notes:read'] },
      ['notes:write'],
    ],
    ['a scope of the creating token that is not offered', ['x'], { kind: 'sign_in', scopes: ['x'] }, ['x']],
    ['the same scope in other letters', ['NOTES:READ'], SIGN_IN, ['NOTES:READ']],
    [
      'anything, made with a personal token',
      ['notes:read'],
      { kind: 'personal', scopes: RULES.scopes },
      ['notes:read'],
    ],
    ['no scope at all: it would reach nothing', [], SIGN_IN, []],
  ])('is refused %s', (_what, scopes, creator, refused) => {
    expect(grant({ scopes }, creator)).toEqual({ kind: 'scopes_refused', scopes: refused });
  });

  it.each([0, -1, 1_001, 1.5, NaN, Infinity, 2 ** 60])('is refused a lifetime of %d s', (ttlSeconds) => {
    const refused = { kind: 'lifetime_refused', maximumSeconds: 1_000 };
    expect(grant({ scopes: ['notes:read'], ttlSeconds })).toEqual(refused);
  });

  it('is refused the lifetime of the rules where that is longer than the longest', () => {
    const rules = { ...RULES, ttlSeconds: 1_001 };
    expect(grantPersonal({ scopes: ['notes:read'] }, SIGN_IN, rules).kind).toBe('lifetime_refused');
  });

  it('has each scope once, and the lifetime that was asked for', () => {
    const wish = { scopes: ['notes:write', 'notes:read', 'notes:write'], ttlSeconds: 1_000 };
    expect(grant(wish)).toEqual({ kind: 'granted', scopes: ['notes:write', 'notes:read'], ttlSeconds: 1_000 });
  });

  it('lives as long as the rules say where nothing is asked for', () => {
    expect(grant({ scopes: ['notes:read'] })).toMatchObject({ ttlSeconds: 100 });
  });

  it('has never more than its creator and than what is offered, whatever is asked for', () => {
    const anyScopes = subarray(['a', 'b', 'a:b', '*', 'constructor', '__proto__']);
    const anyCreator = record<Creator>({
      kind: constantFrom('sign_in' as const, 'personal' as const),
      scopes: option(anyScopes, { nil: undefined }),
    });
    const anyWish = record({
      scopes: oneof(
        { weight: 3, arbitrary: subarray(['a', 'a:b', '*'], { maxLength: 2 }) },
        array(string({ maxLength: 2 }), { maxLength: 2 }),
      ),
      ttlSeconds: option(integer({ min: -5, max: 60 }), { nil: undefined }),
    });
    let granted = 0;
    assert(
      property(anyWish, anyCreator, anyScopes, integer({ min: 1, max: 50 }), (wish, creator, offered, maximum) => {
        const rules = { scopes: offered, ttlSeconds: 10, maximumTtlSeconds: maximum };
        const given = grantPersonal(wish, creator, rules);
        if (given.kind !== 'granted') return true;
        granted++;
        const holds = (scope: string): boolean => creator.scopes === undefined || creator.scopes.includes(scope);
        const isWithin = given.scopes.every((scope) => offered.includes(scope) && holds(scope));
        const isFromPerson = creator.kind === 'sign_in';
        return (
          isWithin && isFromPerson && given.scopes.length > 0 && given.ttlSeconds <= maximum && given.ttlSeconds > 0
        );
      }),
      { numRuns: 10_000 },
    );
    expect(granted).toBeGreaterThan(50);
  });
});
