import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { RequireRoles, RequireScopes } from '../../src/social-auth';
import { AccountClient } from '../support/account-client';
import { callApi, type ApiAnswer } from '../support/api-client';
import { concrete, routesOf, startAndListRoutes } from '../support/app-routes';
import { asOperator } from '../support/as-operator';
import { startHostApp, type HostApp } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

@RequireRoles('staff')
@Controller('staff')
class StaffController {
  @Get()
  get(): object {
    return { served: true };
  }

  @RequireRoles('editor', 'publisher')
  @Get('press')
  press(): object {
    return { served: true };
  }

  @RequireScopes('staff:read')
  @Get('scoped')
  scoped(): object {
    return { served: true };
  }
}

describe.each(['fastify', 'express'] as const)('the roles of an account in a host on %s', (adapter) => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;
  let token: string;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    host = await startHostApp({ adapter, database: database.url, idp, controllers: [StaffController] });
    const { idToken } = await idp.google.issue('ada');
    ({ token } = (await callApi(`${host.url}/auth/google`, { json: { id_token: idToken } })).body);
  }, 60_000);
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
    await idp?.stop();
  });

  const setRoles = (...roles: string[]): Promise<void> =>
    asOperator(host.app, 'update social_auth_account set roles = $1', [roles]);
  const ask = (path: string, asking?: string): Promise<ApiAnswer> => callApi(`${host.url}${path}`, { token: asking });

  it('are shown to their owner', async () => {
    await setRoles('staff', 'editor');
    expect((await ask('/accounts/me', token)).body).toMatchObject({ roles: ['staff', 'editor'] });
  });

  it('open what asks for them, from the next request on and until they are taken away', async () => {
    await setRoles();
    expect((await ask('/staff', token)).status).toBe(403);
    await setRoles('staff');
    expect((await ask('/staff', token)).status).toBe(200);
    await setRoles('Staff', 'staff2');
    expect((await ask('/staff', token)).status).toBe(403);
  });

  it('are refused by a 403 without a challenge: another token would not help', async () => {
    await setRoles();
    const answer = await ask('/staff', token);
    expect([answer.status, answer.body.code]).toEqual([403, 'role_required']);
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(answer.text).not.toContain('staff');
    expect((await ask('/staff')).status).toBe(401);
  });

  it.each([
    [['staff'], 403],
    [['staff', 'editor'], 403],
    [['editor', 'publisher'], 403],
    [['publisher', 'staff', 'editor'], 200],
  ])('are all asked for, the controller’s and the handler’s: %j is answered %s', async (roles, expected) => {
    await setRoles(...roles);
    expect((await ask('/staff/press', token)).status).toBe(expected);
  });

  it('do not stand in for scopes', async () => {
    await setRoles('staff');
    const { idToken } = await idp.google.issue('ada');
    const { body } = await callApi(`${host.url}/auth/google`, { json: { id_token: idToken } });
    await host.dataSource.query(
      "update social_auth_token set scopes = '{other}' where id = (select id from social_auth_token order by id desc limit 1)",
    );
    expect((await ask('/staff/scoped', body.token)).body.code).toBe('insufficient_scope');
    expect((await ask('/staff/scoped', token)).status).toBe(200);
  });
});

it('roles are asked for by these routes of the running server and no others', async () => {
  const { server, routes } = await startAndListRoutes({ DOCS: 'true' });
  try {
    const asked: string[] = [];
    for (const route of routes) {
      const { method, path } = concrete(route);
      const { token } = await AccountClient.of(server, 'sam');
      const { status, body } = await server.api(path, { method, token });
      // The account is gone: a provider token of the same second makes no new one.
      if (route === 'DELETE /accounts/me') await sleep(1_050 - (Date.now() % 1_000));
      if (body.code !== 'role_required') continue;
      expect([route, status]).toEqual([route, 403]);
      asked.push(route);
    }
    expect(asked).toEqual(routesOf('admin'));
  } finally {
    await server.stop();
  }
});
