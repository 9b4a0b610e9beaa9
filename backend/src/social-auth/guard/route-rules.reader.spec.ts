import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Public, RequireFreshSignIn, RequireRoles, RequireScopes } from './route-access';
import { RouteRulesReader } from './route-rules.reader';

class Listing {
  list(): void {}

  @RequireScopes('things:read', 'things:list')
  @RequireFreshSignIn()
  scoped(): void {}
}

@Public()
class PublicListing extends Listing {}

@RequireRoles('admin')
class AdminListing extends Listing {}

const contextOf = (controller: unknown, handler: unknown): ExecutionContext =>
  ({ getClass: () => controller, getHandler: () => handler }) as unknown as ExecutionContext;
// eslint-disable-next-line @typescript-eslint/unbound-method
const { list, scoped } = Listing.prototype;

describe('the reader of rules', () => {
  it('finds what the decorators said', () => {
    const rules = new RouteRulesReader(new Reflector()).rulesOf(contextOf(Listing, scoped));
    expect(rules).toEqual({
      access: 'guarded',
      scopes: ['things:read', 'things:list'],
      roles: [],
      freshSignIn: 'default',
      issuedToken: 'token_exchange_required',
    });
  });

  it('keeps apart two controllers that have inherited one handler', () => {
    const reader = new RouteRulesReader(new Reflector());
    for (let times = 0; times < 2; times += 1) {
      expect(reader.rulesOf(contextOf(PublicListing, list)).access).toBe('public');
      expect(reader.rulesOf(contextOf(AdminListing, list))).toMatchObject({ access: 'guarded', roles: ['admin'] });
    }
  });

  it('reads the metadata of a handler once', () => {
    const reflector = new Reflector();
    const get = jest.spyOn(reflector, 'get');
    const reader = new RouteRulesReader(reflector);
    const rules = reader.rulesOf(contextOf(AdminListing, scoped));
    const reads = get.mock.calls.length;
    expect(reads).toBeGreaterThan(0);
    expect(reader.rulesOf(contextOf(AdminListing, scoped))).toBe(rules);
    expect(get).toHaveBeenCalledTimes(reads);
  });
});
