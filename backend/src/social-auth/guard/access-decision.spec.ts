import type { Principal, PrincipalToken } from '../tokens/principal';
import { decideAccess, isFreshSignIn, type AccessTerms } from './access-decision';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const ago = (seconds: number): Date => new Date(NOW - seconds * 1_000);

const tokenOf = (token: Partial<PrincipalToken> = {}): PrincipalToken => ({
  id: 'token',
  kind: 'sign_in',
  provider: 'google',
  scopes: undefined,
  createdAt: ago(0),
  expiresAt: ago(-3_600),
  authenticatedAt: ago(0),
  isSuperseded: false,
  ...token,
});

const principalOf = (token: Partial<PrincipalToken> = {}, roles: string[] = []): Principal => ({
  account: {
    id: 'account',
    kind: 'person',
    email: null,
    emailVerified: false,
    name: null,
    picture: null,
    provider: 'google',
    roles,
    createdAt: ago(10_000),
  },
  token: tokenOf(token),
});

const decide = (principal: Principal | undefined, rules: Partial<AccessTerms['rules']> = {}) =>
  decideAccess(principal, {
    rules: { scopes: [], roles: [], freshSignIn: undefined, issuedToken: undefined, ...rules },
    freshSignInSeconds: 600,
    clock: { now: () => NOW },
  });

describe('scopes', () => {
  it.each<[string, Partial<PrincipalToken>, string[], string]>([
    ['a sign-in token where none is named', {}, [], 'allowed'],
    ['a sign-in token where some are named', {}, ['a'], 'allowed'],
    ['a list where none is named', { scopes: ['a'] }, [], 'insufficient_scope'],
    ['an empty list where none is named', { scopes: [] }, [], 'insufficient_scope'],
    ['a list with all that are named', { scopes: ['a', 'b', 'c'] }, ['a', 'b'], 'allowed'],
    ['a list that lacks one', { scopes: ['a'] }, ['a', 'b'], 'insufficient_scope'],
    ['a list with a longer name', { scopes: ['a:b'] }, ['a'], 'insufficient_scope'],
    ['a personal token without a list', { kind: 'personal' }, ['a'], 'insufficient_scope'],
    ['a personal token without a list where none is named', { kind: 'personal' }, [], 'insufficient_scope'],
  ])('decide %s', (_name, token, scopes, kind) =>
    expect(decide(principalOf(token), { scopes })).toMatchObject({ kind }),
  );

  it('G3 tell which are wanted, and come before roles and freshness', () =>
    expect(decide(principalOf({ scopes: ['c'] }), { scopes: ['a', 'b'], roles: ['x'], freshSignIn: 60 })).toEqual({
      kind: 'insufficient_scope',
      scope: 'a b',
    }));
});

describe('roles', () => {
  it.each<[string[], string[], string]>([
    [['admin'], ['admin'], 'allowed'],
    [['admin', 'owner'], ['admin'], 'allowed'],
    [['admin'], ['admin', 'owner'], 'role_required'],
    [[], ['admin'], 'role_required'],
    [['administrator'], ['admin'], 'role_required'],
    [['Admin'], ['admin'], 'role_required'],
  ])('of an account are %j where %j are asked for: %s', (held, roles, kind) =>
    expect(decide(principalOf({}, held), { roles })).toMatchObject({ kind }),
  );

  it('come before freshness', () =>
    expect(decide(principalOf({ authenticatedAt: undefined }), { roles: ['x'], freshSignIn: 60 })).toEqual({
      kind: 'role_required',
    }));
});

describe('a fresh sign-in', () => {
  it.each<[string, Partial<PrincipalToken>, boolean]>([
    ['of this moment', {}, true],
    ['whose exchange and proof are as old as may be', { createdAt: ago(60), authenticatedAt: ago(60) }, true],
    ['whose exchange is a millisecond too old', { createdAt: ago(60.001) }, false],
    ['whose proof is a millisecond too old', { authenticatedAt: ago(60.001) }, false],
    ['whose proof is younger than an exchange that is too old', { createdAt: ago(61), authenticatedAt: ago(1) }, false],
    ['without a proof: rotated', { authenticatedAt: undefined }, false],
    ['of a personal token', { kind: 'personal' }, false],
  ])('T5 is or is not one %s', (_name, token, isFresh) => expect(isFreshSignIn(tokenOf(token), 60, NOW)).toBe(isFresh));

  it('is asked for with the seconds of the handler, or else of the options', () => {
    const principal = principalOf({ createdAt: ago(601), authenticatedAt: ago(601) });
    expect(decide(principal, { freshSignIn: 'default' })).toEqual({
      kind: 'insufficient_user_authentication',
      maxAge: 600,
    });
    expect(decide(principal, { freshSignIn: 60 })).toMatchObject({ maxAge: 60 });
    expect(decide(principal, { freshSignIn: 601 })).toEqual({ kind: 'allowed' });
    expect(decide(principalOf(), { freshSignIn: 'default' })).toEqual({ kind: 'allowed' });
  });
});

describe('a provider’s own token', () => {
  const direct = (scopes?: string[]): Principal => principalOf({ kind: 'direct', scopes, authenticatedAt: undefined });

  it.each<[string, string[] | undefined, string[], string]>([
    ['without a list where none is named', undefined, [], 'allowed'],
    ['without a list where some are named', undefined, ['a'], 'allowed'],
    ['with an empty list where none is named', [], [], 'insufficient_scope'],
    ['with the list that is named', ['a'], ['a'], 'allowed'],
    ['with a list where none is named', ['a'], [], 'insufficient_scope'],
  ])('reaches as far as one of ours: %s', (_name, held, scopes, kind) =>
    expect(decide(direct(held), { scopes })).toMatchObject({ kind }),
  );

  it.each(['token_exchange_required', 'not_revocable_here'] as const)(
    'G7 is answered %s where one of ours is asked for, whatever its scopes',
    (issuedToken) => {
      for (const scopes of [undefined, [], ['a']]) {
        expect(decide(direct(scopes), { issuedToken, roles: ['x'], scopes: ['a'] })).toEqual({ kind: issuedToken });
      }
      expect(decide(principalOf(), { issuedToken })).toEqual({ kind: 'allowed' });
      expect(decide(undefined, { issuedToken })).toEqual({ kind: 'authentication_required' });
    },
  );

  it('is never that of a fresh sign-in, whatever it says', () => {
    const now = { createdAt: ago(0), authenticatedAt: ago(0) };
    expect(isFreshSignIn(tokenOf({ kind: 'direct', ...now }), 86_400, NOW)).toBe(false);
  });
});

describe('nobody', () => {
  it('reaches what is open to the anonymous', () => {
    expect(decide(undefined)).toEqual({ kind: 'allowed' });
    expect(decide(undefined, { scopes: ['a'] })).toEqual({ kind: 'allowed' });
  });

  it.each([{ roles: ['admin'] }, { freshSignIn: 60 }, { freshSignIn: 'default' as const }])(
    'G1 reaches nothing that asks for %j',
    (rules) => expect(decide(undefined, rules)).toEqual({ kind: 'authentication_required' }),
  );
});
