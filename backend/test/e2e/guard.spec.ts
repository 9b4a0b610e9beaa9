import { connect } from 'node:net';
import { Controller, Get, Post } from '@nestjs/common';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import {
  CurrentAccount,
  CurrentToken,
  OptionalAuth,
  Public,
  RequireScopes,
  SocialAuthDatabase,
  type PrincipalAccount,
  type PrincipalToken,
} from '../../src/social-auth';
import { LOOK_UP } from '../../src/social-auth/tokens/looked-up-token';
import { asOperator } from '../support/as-operator';
import { startHostApp, type HostApp } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** How often a guarded handler ran. */
let calls = 0;

@Controller('things')
class ThingsController {
  @Get()
  list(@CurrentAccount() account: PrincipalAccount, @CurrentToken() token: PrincipalToken): object {
    calls += 1;
    return { account: account.id, token: token.id, frozen: Object.isFrozen(account) && Object.isFrozen(token) };
  }

  @Post()
  add(): object {
    return { added: true };
  }

  @Public()
  @Get('open')
  open(): object {
    return { open: true };
  }

  @OptionalAuth()
  @Get('perhaps')
  perhaps(@CurrentAccount() account: PrincipalAccount | undefined): object {
    return { name: account?.name ?? 'nobody' };
  }

  @Get('mine')
  mine(@CurrentAccount('id') account: string, @CurrentToken('provider') provider: string): object {
    return { account, provider };
  }

  @RequireScopes('things:read')
  @Get('scoped')
  scoped(): object {
    return { scoped: true };
  }
}

interface Answer {
  status: number;
  challenge: string | null;
  body: Record<string, unknown>;
}

let idp: DemoIdentityProvider;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());

describe.each(['fastify', 'express'] as const)('the guard of a host on %s', (adapter) => {
  let database: TestDatabase;
  let host: HostApp;
  let token: string;

  async function ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${host.url}${path}`, { ...init, headers: { ...headers } });
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, challenge: response.headers.get('www-authenticate'), body };
  }

  const bearer = (value: string): Record<string, string> => ({ authorization: `Bearer ${value}` });

  async function signIn(): Promise<string> {
    const { idToken } = await idp.google.issue('ada');
    const { body } = await ask(
      '/auth/google',
      { 'content-type': 'application/json' },
      { method: 'POST', body: JSON.stringify({ id_token: idToken }) },
    );
    return String(body.token);
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    host = await startHostApp({ adapter, database: database.url, idp, controllers: [ThingsController] });
    token = await signIn();
  }, 60_000);
  afterAll(async () => {
    await host.stop();
    await database.stop();
  });

  it('G1 protects a controller that does nothing about it', async () => {
    expect(await ask('/things')).toMatchObject({ status: 401, body: { code: 'authentication_required' } });
    expect(await ask('/things', {}, { method: 'POST' })).toMatchObject({ status: 401 });
    expect(await ask('/things', bearer(token))).toMatchObject({ status: 200, body: { frozen: true } });
  });

  it('G3 challenges without an error code when no credentials came', async () => {
    const { challenge } = await ask('/things');
    expect(challenge).toBe('Bearer realm="api"');
    expect(await ask('/things', { authorization: 'Basic YWRhOnB3' })).toMatchObject({ status: 401, challenge });
  });

  it('G3 says invalid_token for a bad token and invalid_request for a broken header', async () => {
    expect(await ask('/things', bearer('junk'))).toMatchObject({
      status: 401,
      challenge: 'Bearer realm="api", error="invalid_token"',
      body: { code: 'invalid_token' },
    });
    for (const value of ['Bearer', 'Bearer a b', 'Bearer {}', 'Bearer "quoted"', `Bearer ${token},`]) {
      expect({ value, ...(await ask('/things', { authorization: value })) }).toMatchObject({
        status: 400,
        challenge: 'Bearer realm="api", error="invalid_request"',
        body: { code: 'invalid_request' },
      });
    }
  });

  it.each(['bearer', 'BEARER', 'bEaReR'])('G2 reads the scheme %s whatever its case', async (scheme) => {
    expect(await ask('/things', { authorization: `${scheme} ${token}` })).toMatchObject({ status: 200 });
  });

  it('G2 ignores a token in the query, the body, a form, a cookie and another header', async () => {
    const form = new URLSearchParams({ access_token: token });
    const json = { method: 'POST', body: JSON.stringify({ access_token: token }) };
    const attempts = [
      ask(`/things?access_token=${token}`),
      ask('/things', { 'content-type': 'application/json' }, json),
      ask('/things', {}, { method: 'POST', body: form }),
      ask('/things', { cookie: `access_token=${token}; token=${token}` }),
      ask('/things', { 'x-authorization': `Bearer ${token}`, 'proxy-authorization': `Bearer ${token}` }),
      ask(`/things?access_token=${token}`, { authorization: 'Basic YWRhOnB3' }),
      ask('/things', { authorization: `Token ${token}` }),
    ];
    const answers = await Promise.all(attempts);
    // Fastify's answer to the form is its own 415: it has no parser for one.
    for (const { status } of answers) expect([401, 415]).toContain(status);
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(6);
  });

  it('G2 refuses two Authorization headers, of which Node would keep the first', async () => {
    const { hostname, port } = new URL(host.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      const lines = ['GET /things HTTP/1.1', `Host: ${hostname}`, `Authorization: Bearer ${token}`];
      socket.write([...lines, 'Authorization: Bearer x', 'Connection: close', '', ''].join('\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"invalid_request"');
  });

  it('T2 refuses a damaged token without asking the database', async () => {
    const sound = await signIn();
    const query = jest.spyOn(host.app.get(SocialAuthDatabase), 'query');
    const lookUps = (): number => query.mock.calls.filter(([{ text }]) => text === LOOK_UP).length;
    const last = sound.at(-1) === 'a' ? 'b' : 'a';
    for (const damaged of [sound.slice(0, -1) + last, sound.slice(0, -1), `${sound}0`, sound.toUpperCase(), 'x']) {
      expect(await ask('/things', bearer(damaged))).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    }
    expect(lookUps()).toBe(0);
    await ask('/things', bearer(sound));
    expect(lookUps()).toBe(1);
    query.mockRestore();
  });

  it('G6 answers HEAD and OPTIONS without a token by no handler', async () => {
    const before = calls;
    expect(await ask('/things', {}, { method: 'HEAD' })).toMatchObject({ status: 401 });
    const options = await ask('/things', {}, { method: 'OPTIONS' });
    // Express answers with the methods that exist, Fastify with nothing: neither runs a handler.
    expect([200, 404]).toContain(options.status);
    expect(calls).toBe(before);
  });

  it('G7 refuses a provider token as a bearer token', async () => {
    const { idToken, accessToken } = await idp.google.issue('ada');
    expect(await ask('/things', bearer(idToken))).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await ask('/things', bearer(accessToken))).toMatchObject({ status: 401 });
  });

  it('hands a handler one property of the principal where it asks for one', async () => {
    const { body } = await ask('/things', bearer(token));
    expect(await ask('/things/mine', bearer(token))).toMatchObject({
      body: { account: body.account, provider: 'google' },
    });
  });

  it('serves an open handler without looking at any token', async () => {
    expect(await ask('/things/open')).toMatchObject({ status: 200, body: { open: true } });
    expect(await ask('/things/open', bearer('junk'))).toMatchObject({ status: 200 });
  });

  it('serves an optional handler anonymously, and refuses a bad token there', async () => {
    expect(await ask('/things/perhaps')).toMatchObject({ status: 200, body: { name: 'nobody' } });
    expect(await ask('/things/perhaps', bearer(token))).toMatchObject({ status: 200, body: { name: 'Ada Winter' } });
    expect(await ask('/things/perhaps', bearer('junk'))).toMatchObject({ status: 401 });
  });

  it('G3 lets a token with a list of scopes reach only handlers that name one it has', async () => {
    const scoped = await signIn();
    const { body } = await ask('/things', bearer(scoped));
    const setScopes = (scopes: string[]): Promise<void> =>
      asOperator(host.app, 'update social_auth_token set scopes = $1 where id = $2', [scopes, body.token]);
    await setScopes(['things:read']);
    expect(await ask('/things/scoped', bearer(scoped))).toMatchObject({ status: 200 });
    expect(await ask('/things', bearer(scoped))).toMatchObject({
      status: 403,
      challenge: 'Bearer realm="api", error="insufficient_scope"',
      body: { code: 'insufficient_scope' },
    });
    await setScopes(['things:write']);
    expect(await ask('/things/scoped', bearer(scoped))).toMatchObject({
      status: 403,
      challenge: 'Bearer realm="api", error="insufficient_scope", scope="things:read"',
    });
    expect(await ask('/things/scoped', bearer(token))).toMatchObject({ status: 200 });
  });

  it('T5 accepts a token until the database says that it has ended, and not a second longer', async () => {
    const shortLived = await signIn();
    const { body } = await ask('/things', bearer(shortLived));
    const endsIn = (seconds: number): Promise<void> =>
      asOperator(host.app, "update social_auth_token set expires_at = now() + $1 * interval '1 second' where id = $2", [
        seconds,
        body.token,
      ]);
    await endsIn(60);
    expect(await ask('/things', bearer(shortLived))).toMatchObject({ status: 200 });
    await endsIn(-1);
    expect(await ask('/things', bearer(shortLived))).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });

  it('T6 refuses a token from the moment on at which it was logged out', async () => {
    const [one, two] = [await signIn(), await signIn()];
    expect(await ask('/auth/logout', bearer(one), { method: 'POST' })).toMatchObject({ status: 204 });
    expect(await ask('/things', bearer(one))).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await ask('/things', bearer(two))).toMatchObject({ status: 200 });
    expect(await ask('/auth/logout-all', bearer(two), { method: 'POST' })).toMatchObject({ status: 204 });
    expect(await ask('/things', bearer(two))).toMatchObject({ status: 401 });
    expect(await ask('/things', bearer(token))).toMatchObject({ status: 401 });
    token = await signIn();
  });

  it('M9 refuses every token of a disabled account, and its sign-in', async () => {
    const disable = (value: string): Promise<void> =>
      asOperator(host.app, `update social_auth_account set disabled_at = ${value}`);
    await disable('now()');
    expect(await ask('/things', bearer(token))).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    const { idToken } = await idp.google.issue('ada');
    const json = { method: 'POST', body: JSON.stringify({ id_token: idToken }) };
    expect(await ask('/auth/google', { 'content-type': 'application/json' }, json)).toMatchObject({
      status: 403,
      body: { code: 'account_disabled' },
    });
    await disable('null');
    expect(await ask('/things', bearer(token))).toMatchObject({ status: 200 });
  });

  it('accepts plain JSON alone on the sign-in routes, whatever parsers the host has (H1)', async () => {
    const { idToken } = await idp.google.issue('ada');
    const body = JSON.stringify({ id_token: idToken });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/vnd.api+json']) {
      const answer = await ask('/auth/google', { 'content-type': type }, { method: 'POST', body });
      expect({ type, status: answer.status }).toEqual({ type, status: 415 });
    }
  });
});
