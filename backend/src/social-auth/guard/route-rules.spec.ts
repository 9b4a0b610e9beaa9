import { routeRulesOf, type RouteMarks } from './route-rules';

const rulesOf = (handler: RouteMarks, controller: RouteMarks = {}) => routeRulesOf(handler, controller);

describe('the rules of a handler', () => {
  it('G1 guard it where nothing is said', () =>
    expect(rulesOf({})).toEqual({
      access: 'guarded',
      scopes: [],
      roles: [],
      freshSignIn: undefined,
      issuedToken: undefined,
    }));

  it.each<[string, RouteMarks, RouteMarks, string]>([
    ['its own @Public()', { access: 'public' }, {}, 'public'],
    ['its controller’s @Public()', {}, { access: 'public' }, 'public'],
    ['its own @OptionalAuth() before @Public()', { access: 'optional' }, { access: 'public' }, 'optional'],
    ['its own @Public() before roles of its controller', { access: 'public' }, { roles: ['admin'] }, 'public'],
    ['its own @Public() before a fresh controller', { access: 'public' }, { freshSignIn: 60 }, 'public'],
    ['scopes beside @Public(), which no token shows', { access: 'public', scopes: ['a'] }, {}, 'public'],
  ])('follow %s', (_name, handler, controller, access) =>
    expect(rulesOf(handler, controller)).toMatchObject({ access }),
  );

  it.each<[string, RouteMarks, RouteMarks]>([
    ['roles beside it', { access: 'public', roles: ['admin'] }, {}],
    ['a fresh sign-in beside it', { access: 'public', freshSignIn: 'default' }, {}],
    ['roles of a handler below it', { roles: ['admin'] }, { access: 'public' }],
    ['a fresh sign-in of a handler below it', { freshSignIn: 60 }, { access: 'public' }],
    ['both on the controller', {}, { access: 'public', roles: ['admin'] }],
    ['both on the controller and roles on the handler', { roles: ['x'] }, { access: 'public', freshSignIn: 60 }],
    ['a token of ours asked for beside it', { access: 'public', issuedToken: 'token_exchange_required' }, {}],
  ])('G1 do not follow @Public() with %s', (_name, handler, controller) =>
    expect(rulesOf(handler, controller)).toMatchObject({ access: 'guarded' }),
  );

  it('ask for a token of ours wherever a fresh sign-in is asked for, and as the handler or its controller says', () => {
    const [exchange, here] = ['token_exchange_required', 'not_revocable_here'] as const;
    expect(rulesOf({ freshSignIn: 60 }).issuedToken).toBe(exchange);
    expect(rulesOf({}, { freshSignIn: 'default' }).issuedToken).toBe(exchange);
    expect(rulesOf({ issuedToken: here }, { freshSignIn: 60, issuedToken: exchange }).issuedToken).toBe(here);
    expect(rulesOf({}, { issuedToken: exchange }).issuedToken).toBe(exchange);
  });

  it('ask for the roles of both', () =>
    expect(rulesOf({ roles: ['owner'] }, { roles: ['admin'] }).roles).toEqual(['admin', 'owner']));

  it('ask for a handler’s scopes and freshness in place of its controller’s', () => {
    const controller: RouteMarks = { scopes: ['all'], freshSignIn: 'default' };
    expect(rulesOf({ scopes: ['one'], freshSignIn: 60 }, controller)).toMatchObject({
      scopes: ['one'],
      freshSignIn: 60,
    });
    expect(rulesOf({}, controller)).toMatchObject(controller);
  });
});
