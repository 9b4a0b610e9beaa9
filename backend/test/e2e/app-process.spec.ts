import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import type { Environment } from '../../src/app/settings/environment';
import { BuiltApp } from '../support/built-app';
import { eventually } from '../support/eventually';
import { RawConnection } from '../support/raw-http';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { testEnvironment } from '../support/test-environment';

const BUILD_MS = 120_000;

describe('the built server as a process', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let environment: Environment;
  let dataDirectory: string;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    dataDirectory = mkdtempSync(join(tmpdir(), 'data-'));
    environment = {
      ...testEnvironment(idp, database.url),
      NODE_ENV: 'development',
      DATA_DIR: join(dataDirectory, 'made'),
      MIGRATE_ON_START: 'true',
      LOG_LEVEL: 'info',
    };
  });
  afterEach(() => BuiltApp.killAll());
  afterAll(async () => {
    rmSync(dataDirectory, { recursive: true, force: true });
    await database?.stop();
    await idp?.stop();
  });

  const signIn = async (app: BuiltApp): Promise<string> => {
    const { idToken } = await idp.google.issue('ada');
    const answer = await app.api('/auth/google', { json: { id_token: idToken } });
    expect(answer.status).toBe(200);
    return answer.body.token;
  };

  it(
    'migrates, signs in, guards, signs out and stops cleanly at SIGTERM',
    async () => {
      const app = await BuiltApp.start(environment);
      const token = await signIn(app);
      expect((await app.api('/accounts/me', { token })).body.email).toBe('ada.winter@example.com');
      expect((await app.api('/notes', { token, json: { text: 'from a process' } })).status).toBe(201);
      expect((await app.api('/auth/logout', { method: 'POST', token })).status).toBe(204);
      const refused = await app.api('/accounts/me', { token });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('invalid_token'),
      ]);
      expect(await app.stop()).toBe(0);
      expect(app.output).not.toMatch(/warning|deprecat/i);
      for (const line of app.output.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    },
    BUILD_MS,
  );

  it('keeps the keys that it makes outside production where only its owner reads them, and uses them again', async () => {
    const withoutKeys = { ...environment, TOKEN_HMAC_KEYS: undefined };
    const first = await BuiltApp.start(withoutKeys);
    const token = await signIn(first);
    await first.stop('SIGINT');
    const directory = join(dataDirectory, 'made');
    expect(readdirSync(directory).sort()).toEqual(['.nest-token-exchange', 'token-hmac-keys']);
    expect(statSync(join(directory, 'token-hmac-keys')).mode & 0o777).toBe(0o600);
    const second = await BuiltApp.start(withoutKeys);
    expect((await second.api('/accounts/me', { token })).status).toBe(200);
    const [, key = ''] = readFileSync(join(directory, 'token-hmac-keys'), 'utf8').trim().split(':');
    expect(first.output + second.output).not.toContain(key);
    await second.stop();
  });

  it('L4 tells all faults of its settings in clean lines, without their values, and ends with 1', async () => {
    const app = await BuiltApp.launch({
      NODE_ENV: 'production',
      TOKEN_HMAC_KEYS: 'marker-of-a-secret',
      FRONTEND_SHARED_SECRET: 'marker-short',
      GOOGLE_CLIENT_ID: 'web',
      GOOGLE_ISSUER: idp.google.issuer,
    });
    expect(await app.ended()).toBe(1);
    expect(app.output).toMatch(/^The settings are wrong:\n( {2}\S.*\n)+$/);
    for (const name of ['TOKEN_HMAC_KEYS', 'FRONTEND_SHARED_SECRET', 'DATABASE_URL', 'GOOGLE_ISSUER']) {
      expect(app.output).toContain(`  ${name}: expected`);
    }
    expect(app.output).not.toMatch(/marker|\n\s+at /);
  });

  it('ends with 1 and one reason where its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const app = await BuiltApp.launch({ ...environment, PORT: String(port) });
    expect(await app.ended()).toBe(1);
    expect(app.output).toMatch(/^The port is taken: .*PORT.*$/m);
    expect(app.output).not.toMatch(/\n\s+at /);
    other.close();
  });

  it('U9 turns readiness red at SIGTERM, still answers, finishes what is in flight, and closes kept connections', async () => {
    const app = await BuiltApp.start(environment);
    const token = await signIn(app);
    const kept = await RawConnection.open(app.url);
    const slow = await RawConnection.open(app.url);
    const request = [`POST /notes HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${token}`];
    slow.send(...request, 'Content-Type: application/json', 'Content-Length: 15', '', '{"text":');
    kept.send('GET /health/live HTTP/1.1', 'Host: localhost', '', '');

    const exit = app.stop('SIGTERM');
    await eventually(async () => {
      const ready = await app.api('/health/ready');
      expect([ready.status, ready.body.status]).toEqual([503, 'stopping']);
    });
    const during = await app.api('/accounts/me', { token });
    expect([during.status, during.headers.get('connection')]).toEqual([200, 'close']);
    setTimeout(() => slow.send('"late"}'), 1500);
    expect(await exit).toBe(0);
    await Promise.all([slow.closed(), kept.closed()]);
    expect(slow.statuses).toEqual([201]);
    expect(kept.statuses).toEqual([200]);
  });
});
