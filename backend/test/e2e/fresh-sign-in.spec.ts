import { Controller, Get, Post } from '@nestjs/common';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { OptionalAuth, Public, RequireFreshSignIn, RequireRoles } from '../../src/social-auth';
import { callApi, type ApiAnswer } from '../support/api-client';
import { asOperator } from '../support/as-operator';
import { startHostApp, type HostApp } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** How often a handler ran. */
let calls = 0;
const called = (): object => ({ calls: (calls += 1) });

@Controller('danger')
class DangerController {
  @RequireFreshSignIn()
  @Post()
  usual(): object {
    return called();
  }

  @RequireFreshSignIn(60)
  @Post('strict')
  strict(): object {
    return called();
  }

  @OptionalAuth()
  @RequireFreshSignIn()
  @Get('optional')
  optional(): object {
    return called();
  }
}

@RequireFreshSignIn(60)
@Controller('vault')
class VaultController {
  @Get()
  get(): object {
    return called();
  }

  @RequireFreshSignIn(3_600)
  @Get('loose')
  loose(): object {
    return called();
  }

  @Public()
  @Get('door')
  door(): object {
    return called();
  }
}

@Public()
@Controller('open')
class OpenController {
  @RequireRoles('admin')
  @Get('roles')
  roles(): object {
    return called();
  }

  @RequireFreshSignIn()
  @Get('fresh')
  fresh(): object {
    return called();
  }
}

let idp: DemoIdentityProvider;
beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());

describe.each(['fastify', 'express'] as const)('a fresh sign-in in a host on %s', (adapter) => {
  let database: TestDatabase;
  let host: HostApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    host = await startHostApp({
      adapter,
      database: database.url,
      idp,
      controllers: [DangerController, VaultController, OpenController],
      options: { accounts: { freshSignInSeconds: 300 }, authSchemes: ['Bearer', 'Token'] },
    });
  }, 60_000);
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
  });

  async function signIn(claims: object = {}): Promise<string> {
    const { idToken } = await idp.google.issue('ada', { claims });
    const { status, body } = await callApi(`${host.url}/auth/google`, { json: { id_token: idToken } });
    expect(status).toBe(200);
    return body.token;
  }

  const ask = (method: string, path: string, token?: string): Promise<ApiAnswer> =>
    callApi(`${host.url}${path}`, { method, token });

  /** Sets when the newest token was issued, and when its owner proved who they are. */
  const age = (issuedAgo: number, provenAgo: number | null): Promise<void> =>
    asOperator(
      host.app,
      `update social_auth_token
          set created_at = now() - make_interval(secs => $1), authenticated_at = now() - make_interval(secs => $2)
        where id = (select id from social_auth_token order by id desc limit 1)`,
      [issuedAgo, provenAgo],
    );

  const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1_000) - seconds;
  const issuedAgo = (seconds: number): object => ({ iat: secondsAgo(seconds), exp: secondsAgo(seconds) + 3_600 });

  it('lets a token of a moment ago in', async () => {
    const token = await signIn();
    for (const [method, path] of [
      ['POST', '/danger'],
      ['POST', '/danger/strict'],
      ['GET', '/danger/optional'],
      ['GET', '/vault'],
      ['GET', '/open/fresh'],
    ] as const) {
      const { status } = await ask(method, path, token);
      expect([path, status]).toEqual([path, method === 'POST' ? 201 : 200]);
    }
  });

  it('is none of an old token with a proof that lies ahead, or beyond all calendars', async () => {
    for (const authTime of [secondsAgo(-3_600), 1e15, -1e15]) {
      const token = await signIn({ ...issuedAgo(400), auth_time: authTime });
      expect((await ask('POST', '/danger', token)).status).toBe(401);
    }
  });

  it('is asked for with the challenge of RFC 9470, for each scheme, and no handler runs', async () => {
    const token = await signIn();
    await age(400, 400);
    const before = calls;
    const answer = await ask('POST', '/danger', token);
    expect([answer.status, answer.body.code]).toEqual([401, 'insufficient_user_authentication']);
    const parameters = 'realm="api", error="insufficient_user_authentication", max_age=300';
    expect(answer.headers.get('www-authenticate')).toBe(`Bearer ${parameters}, Token ${parameters}`);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const strict = await ask('POST', '/danger/strict', token);
    expect(strict.headers.get('www-authenticate')).toContain('max_age=60');
    expect(calls).toBe(before);
  });

  it.each([
    ['the exchange', 299, 0, 201],
    ['the exchange', 301, 0, 401],
    ['the proof', 0, 299, 201],
    ['the proof', 0, 301, 401],
    ['a proof that there was none', 0, null, 401],
  ])('T5 goes by the age of %s: %s and %s seconds are answered %s', async (_what, issued, proven, expected) => {
    const token = await signIn();
    await age(issued, proven);
    expect((await ask('POST', '/danger', token)).status).toBe(expected);
  });

  it('goes by auth_time, and by iat where there is none', async () => {
    const old = await signIn({ ...issuedAgo(400), auth_time: undefined });
    expect((await ask('POST', '/danger', old)).status).toBe(401);
    const young = await signIn({ ...issuedAgo(200), auth_time: undefined });
    expect((await ask('POST', '/danger', young)).status).toBe(201);
    const silent = await signIn({ auth_time: secondsAgo(400) });
    expect((await ask('POST', '/danger', silent)).status).toBe(401);
    const proven = await signIn({ ...issuedAgo(200), auth_time: secondsAgo(250) });
    expect((await ask('POST', '/danger', proven)).status).toBe(201);
  });

  it('is never that of a rotated or a personal token', async () => {
    const token = await signIn();
    const rotated = await ask('POST', '/auth/token/rotate', token);
    expect((await ask('POST', '/danger', rotated.body.token)).status).toBe(401);
    await asOperator(
      host.app,
      "update social_auth_token set kind = 'personal', scopes = '{a}' where rotated_at is null",
    );
    expect((await ask('POST', '/danger', rotated.body.token)).status).toBe(403);
  });

  it('of a handler takes the place of its controller’s', async () => {
    const token = await signIn();
    await age(120, 120);
    expect((await ask('GET', '/vault', token)).status).toBe(401);
    expect((await ask('GET', '/vault/loose', token)).status).toBe(200);
    expect((await ask('GET', '/vault/door')).status).toBe(200);
  });

  it('G1 is asked of nobody but somebody: without a token the answer is 401, whatever else stands there', async () => {
    for (const path of ['/danger/optional', '/open/fresh', '/open/roles']) {
      const { status, body, headers } = await ask('GET', path);
      expect([path, status, body.code]).toEqual([path, 401, 'authentication_required']);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="api", Token realm="api"');
    }
    expect((await ask('GET', '/open/roles', await signIn())).status).toBe(403);
  });
});
