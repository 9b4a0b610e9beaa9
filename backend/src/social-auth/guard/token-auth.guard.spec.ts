import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SystemClock } from '../clock/clock';
import type { BearerStrategy } from './bearer.strategy';
import { GuardRefusals } from './guard-refusals';
import { Public } from './route-access';
import { TokenAuthGuard } from './token-auth.guard';

@Public()
class Gateway {
  handle(): void {}
}

describe('the guard', () => {
  it.each(['ws', 'rpc', 'graphql', ''])('G10 refuses contexts of the type "%s", public ones too', async (type) => {
    const settings = { schemes: ['Bearer'] as const, realm: 'api', freshSignInSeconds: 600 };
    const guard = new TokenAuthGuard(
      new Reflector(),
      {} as BearerStrategy,
      settings,
      new SystemClock(),
      new GuardRefusals(),
    );
    const context = {
      getType: () => type,
      getClass: () => Gateway,
      // eslint-disable-next-line @typescript-eslint/unbound-method
      getHandler: () => Gateway.prototype.handle,
    } as unknown as ExecutionContext;
    expect(await guard.canActivate(context)).toBe(false);
  });
});
