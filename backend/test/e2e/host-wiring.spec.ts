import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { TokenAuthGuard, type Principal } from '../../src/social-auth';
import { startHostApp, type HostApp, type HostSetup } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

@Controller('unguarded')
class UnguardedController {
  @Get()
  get(): object {
    return { served: true };
  }
}

@UseGuards(TokenAuthGuard)
@Controller('guarded')
class GuardedController {
  @Get()
  get(): object {
    return { served: true };
  }
}

/** A guard of the host that wants to know who asks. */
@Injectable()
class GoogleOnlyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
    if (user && user.account.provider !== 'google') throw new ForbiddenException();
    return true;
  }
}

describe('a host that wires the guard itself', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;

  beforeEach(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await host.stop();
    await database.stop();
    await idp.stop();
  });

  const start = async (setup: Partial<HostSetup>): Promise<void> => {
    const controllers = [UnguardedController, GuardedController];
    host = await startHostApp({ adapter: 'fastify', database: database.url, idp, controllers, ...setup });
  };

  async function tokenOf(provider: 'google' | 'auth0'): Promise<string> {
    const { idToken } = await idp[provider].issue('ada');
    const response = await fetch(`${host.url}/auth/${provider}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id_token: idToken }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  const status = async (path: string, token?: string): Promise<number> =>
    (await fetch(`${host.url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status;

  it('may guard single controllers', async () => {
    await start({ extras: { globalGuard: false } });
    expect([await status('/unguarded'), await status('/guarded')]).toEqual([200, 401]);
    expect(await status('/guarded', await tokenOf('google'))).toBe(200);
  });

  it('may put guards of its own behind the guard, where they know who asks', async () => {
    await start({
      extras: { globalGuard: false },
      providers: [
        { provide: APP_GUARD, useExisting: TokenAuthGuard },
        { provide: APP_GUARD, useClass: GoogleOnlyGuard },
      ],
    });
    expect(await status('/unguarded')).toBe(401);
    expect(await status('/unguarded', await tokenOf('google'))).toBe(200);
    expect(await status('/unguarded', await tokenOf('auth0'))).toBe(403);
  });
});
