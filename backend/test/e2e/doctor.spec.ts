import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { EmbeddedDatabase } from '../../dev/embedded-database';
import type { Finding } from '../../src/app/doctor/finding';
import type { Diagnosis } from '../../src/app/doctor/report';
import { runMigrations } from '../../src/app/migrate';
import type { Environment } from '../../src/app/settings/environment';
import { hintIn } from '../../src/social-auth/revocation/hint';
import { buildBackend } from '../support/backend-build';
import { diagnose, findingOf, visitDoctor } from '../support/built-doctor';
import { describeOnPooler, describeOnPostgres, describeOnRedis } from '../support/describe-on-server';
import { freePort } from '../support/free-port';
import { patienceFor } from '../support/patience';
import type { TemporaryDatabase } from '../support/postgres-server';
import { TcpFaultProxy } from '../support/tcp-fault-proxy';
import { startTestApp } from '../support/test-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { FRONTEND_SECRET, testEnvironment } from '../support/test-environment';

let idp: DemoIdentityProvider;
let database: TestDatabase;
let environment: Environment;

beforeAll(async () => {
  await buildBackend();
  idp = await DemoIdentityProvider.start();
  database = await createTestDatabase();
  environment = {
    ...testEnvironment(idp, database.url),
    NODE_ENV: 'development',
    FRONTEND_SHARED_SECRET: FRONTEND_SECRET,
    TRUSTED_PROXIES: '10.0.0.0/8',
  };
  await runMigrations(environment);
}, 120_000);
afterAll(async () => {
  await database?.stop();
  await idp?.stop();
});
afterEach(() => [idp.google, idp.auth0].forEach((issuer) => issuer.resetFaults()));

const text = (pattern: RegExp): string => expect.stringMatching(pattern) as string;
const subjectsOf = (findings: readonly Finding[], status: Finding['status']): string[] =>
  findings.filter((finding) => finding.status === status).map(({ subject }) => subject);

describe('npm run doctor', () => {
  it('finds a healthy set-up healthy, in a line each, and ends with 0', async () => {
    const { exitCode, stdout, stderr } = await visitDoctor(environment);
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.slice(0, -2).map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'ok | settings | not production; providers: google, auth0',
      text(/^ok \| database \| PostgreSQL 1\d\.\S+ .*at \S+\/\w+, as \w+$/),
      text(/^ok \| database clock \| /),
      text(/^ok \| migrations \| all \d+ applied$/),
      'ok | direct database | migrations go to DATABASE_URL',
      'ok | token keys | 1 key (test); live tokens: 0',
      `ok | google keys | 1 usable RS256 key of 1 at ${idp.google.jwksUri}`,
      'ok | google clock | agrees with ours',
      `ok | auth0 keys | 1 usable RS256 key of 1 at ${idp.auth0.jwksUri}`,
      'ok | auth0 clock | agrees with ours',
      `ok | google discovery | its issuer is ${idp.google.issuer}`,
      `ok | auth0 discovery | its issuer is ${idp.auth0.issuer}`,
      'ok | redis | REDIS_URL is not set: each process counts its limits alone',
      text(/^ok \| revocation bus \| (LISTEN and NOTIFY get through at \S+\/\w+|off: other processes read of .*)$/),
      'ok | frontend secret | FRONTEND_SHARED_SECRET is set',
      'ok | trusted proxies | 10.0.0.0/8',
    ]);
    expect(lines.at(-1)).toBe('16 ok, 0 warn, 0 FAIL');
    expect(exitCode).toBe(0);
  });

  it('L4 says the same as JSON, without a secret', async () => {
    const url = new URL(database.url);
    url.password = 'marker-of-a-password';
    const { exitCode, stdout } = await visitDoctor(
      { ...environment, DATABASE_DIRECT_URL: url.href, REDIS_URL: 'redis://:marker-of-redis@127.0.0.1:1' },
      '--json',
    );
    const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: Finding[] };
    expect([exitCode, healthy, findings.length]).toEqual([1, false, 16]);
    const [, key = ''] = environment.TOKEN_HMAC_KEYS?.split(':') ?? [];
    for (const secret of ['marker-of', key, FRONTEND_SECRET]) expect(stdout).not.toContain(secret);
  });

  it('tells all faults of the settings, and looks at the rest nevertheless', async () => {
    const wrong = { PORT: 'x', TOKEN_HMAC_KEYS: 'marker', AUTH0_CLIENT_ID: '', EXPLAIN_REFUSALS: 'perhaps' };
    const { findings, exitCode } = await diagnose({ ...environment, ...wrong });
    const told = findings.filter(({ subject }) => subject === 'settings').map(({ message }) => message);
    expect(told.sort()).toEqual([
      text(/^AUTH0_CLIENT_ID: expected/),
      text(/^EXPLAIN_REFUSALS: expected/),
      text(/^PORT: expected/),
      text(/^TOKEN_HMAC_KEYS: expected/),
    ]);
    expect(subjectsOf(findings, 'ok')).toEqual(expect.arrayContaining(['database', 'migrations', 'google keys']));
    expect(exitCode).toBe(1);
  });

  it('finds an issuer that is stopped, and hides nothing of the rest', async () => {
    const other = await DemoIdentityProvider.start();
    const { google } = other;
    await other.stop();
    const diagnosis = await diagnose({
      ...environment,
      GOOGLE_ISSUER: google.issuer,
      GOOGLE_JWKS_URI: google.jwksUri,
    });
    expect(subjectsOf(diagnosis.findings, 'fail')).toEqual(['google keys', 'google discovery']);
    expect(findingOf(diagnosis, 'google keys')).toMatchObject({
      message: text(/did not answer \(ECONNREFUSED\)$/),
      mend: text(/^Open the way to the key endpoint .*GOOGLE_JWKS_URI\.$/),
    });
    expect(findingOf(diagnosis, 'auth0 keys')?.status).toBe('ok');
    expect(diagnosis.exitCode).toBe(1);
  });

  it('waits three seconds for an issuer that hangs, and no longer', async () => {
    idp.google.fault('jwks', 'hang');
    idp.auth0.fault('discovery', 'drip');
    const diagnosis = await diagnose(environment);
    expect(subjectsOf(diagnosis.findings, 'fail')).toEqual(['google keys', 'auth0 discovery']);
    expect(diagnosis.took).toBeLessThan(patienceFor(6_000));
  }, 60_000);

  it('finds an issuer without usable keys, and one that answers with an error', async () => {
    idp.google.fault('jwks', (_request, response) => response.end('{"keys":[{"kty":"EC"}]}'));
    idp.auth0.fault('jwks', '503');
    const diagnosis = await diagnose(environment);
    expect(findingOf(diagnosis, 'google keys')).toMatchObject({
      status: 'fail',
      message: text(/^0 usable RS256 keys of 1 /),
    });
    expect(findingOf(diagnosis, 'auth0 keys')).toMatchObject({ status: 'fail', message: text(/answered 503$/) });
  });

  it.each([
    [30, 'warn', /^(30|29|2\d\.\d) s ahead of ours$/],
    [-3_600, 'fail', /^3[56]\d\d s behind ours$/],
  ])('finds the clock of an issuer that is wrong by %d s', async (seconds, status, message) => {
    idp.google.fault('jwks', (_request, response) => {
      response.setHeader('date', new Date(Date.now() + seconds * 1_000).toUTCString());
      response.end(JSON.stringify({ keys: idp.google.publishedKeys }));
    });
    const diagnosis = await diagnose(environment);
    expect(findingOf(diagnosis, 'google clock')).toMatchObject({ status, message: text(message), mend: text(/NTP/) });
    expect(findingOf(diagnosis, 'google keys')?.status).toBe('ok');
    expect(diagnosis.exitCode).toBe(status === 'fail' ? 1 : 0);
  });

  it('finds an issuer that spells itself otherwise than it is configured', async () => {
    const diagnosis = await diagnose({ ...environment, GOOGLE_ISSUER: `${idp.google.issuer}/` });
    expect(findingOf(diagnosis, 'google discovery')).toEqual({
      status: 'fail',
      subject: 'google discovery',
      message: `its issuer is ${idp.google.issuer}; configured: ${idp.google.issuer}/`,
      mend: text(/GOOGLE_ISSUER exactly as the provider spells it/),
    });
  });

  it('finds a database without migrations, and says who applies them', async () => {
    const empty = await createTestDatabase();
    const withEmpty = { ...environment, DATABASE_URL: empty.url };
    const diagnosis = await diagnose(withEmpty);
    expect(findingOf(diagnosis, 'migrations')).toMatchObject({
      status: 'fail',
      message: text(/^\d+ of \d+ missing: CreateSocialAuthTables/),
      mend: 'Run npm run migrate.',
    });
    expect([findingOf(diagnosis, 'token keys')?.status, diagnosis.exitCode]).toEqual(['ok', 1]);
    const lenient = await diagnose({ ...withEmpty, MIGRATE_ON_START: 'true' });
    expect([findingOf(lenient, 'migrations')?.status, lenient.exitCode]).toEqual(['warn', 0]);
    await empty.stop();
  });

  it('says without DATABASE_URL in production that there is none, and looks at what needs none', async () => {
    const bare = { NODE_ENV: 'production', GOOGLE_CLIENT_ID: 'web', GOOGLE_JWKS_URI: 'https://issuer.invalid/keys' };
    const diagnosis = await diagnose({ ...bare, GOOGLE_ISSUER: 'https://issuer.invalid' });
    const told = diagnosis.findings.map(({ subject, status, message }) => [status, subject, message]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['fail', 'settings', text(/^DATABASE_URL: expected/)],
        ['fail', 'settings', text(/^TOKEN_HMAC_KEYS: expected/)],
        ['fail', 'database', 'there is no usable address'],
        ['fail', 'token keys', 'none'],
        ['fail', 'google keys', text(/^https:\/\/issuer\.invalid did not answer \(E[A-Z_]+\)$/)],
        ['warn', 'frontend secret', text(/not set/)],
        ['warn', 'trusted proxies', text(/^none/)],
      ]),
    );
    expect(findingOf(diagnosis, 'direct database')).toBeUndefined();
  });

  it('finds a database that is away', async () => {
    const address = `postgres://app:secret@127.0.0.1:${await freePort()}/app`;
    const diagnosis = await diagnose({ ...environment, DATABASE_URL: address });
    expect(subjectsOf(diagnosis.findings, 'fail')).toEqual(['database', 'migrations', 'token keys']);
    expect(findingOf(diagnosis, 'database')).toMatchObject({
      message: text(/ECONNREFUSED/),
      mend: text(/^Start the database/),
    });
  });

  it('finds a Redis that is stopped', async () => {
    const diagnosis = await diagnose({ ...environment, REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(findingOf(diagnosis, 'redis')).toMatchObject({
      status: 'fail',
      message: text(/ECONNREFUSED/),
      mend: text(/^Start Redis/),
    });
    expect(diagnosis.exitCode).toBe(1);
  });

  it('counts the tokens whose key is gone', async () => {
    const used = await createTestDatabase();
    const app = await startTestApp({ idp, database: used });
    await app.signIn('google', 'ada');
    await app.signIn('auth0', 'wanda');
    await app.stop();
    const key = `new:${Buffer.alloc(32, 'another key of many letters').toString('base64')}`;
    const diagnosis = await diagnose({ ...environment, DATABASE_URL: used.url, TOKEN_HMAC_KEYS: key });
    expect(findingOf(diagnosis, 'token keys')).toMatchObject({
      status: 'warn',
      message: '1 key (new); 2 of 2 live tokens are under keys that are not configured (test)',
      mend: text(/TOKEN_HMAC_KEYS/),
    });
    expect(diagnosis.exitCode).toBe(0);
    await used.stop();
  });

  it('refuses an argument that it does not know', async () => {
    expect(await visitDoctor(environment, '--yaml')).toMatchObject({ exitCode: 1, stdout: '', stderr: text(/--json/) });
  });
});

describe('npm run doctor without DATABASE_URL', () => {
  const parent = mkdtempSync(join(tmpdir(), 'doctor-'));
  const DATA_DIR = join(parent, 'data');
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('examines the embedded database, started for it or running already', async () => {
    const embedded = { ...environment, DATABASE_URL: undefined, DATA_DIR };
    const first = await diagnose(embedded);
    expect(findingOf(first, 'migrations')).toMatchObject({ status: 'warn', mend: text(/MIGRATE_ON_START/) });
    const running = await EmbeddedDatabase.start({ dataDir: DATA_DIR });
    await runMigrations({ DATABASE_URL: running.url });
    const second = await diagnose(embedded);
    expect(findingOf(second, 'database')?.message).toContain(`127.0.0.1:${running.port}/`);
    expect(findingOf(second, 'migrations')?.status).toBe('ok');
    await running.stop();
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  }, 60_000);
});

describeOnRedis('npm run doctor with Redis', (server) => {
  it('says which Redis answers', async () => {
    const diagnosis = await diagnose({ ...environment, REDIS_URL: server().url });
    expect(findingOf(diagnosis, 'redis')).toMatchObject({ status: 'ok', message: text(/^Redis \d+\.\S+ at 127/) });
  });
});

describeOnPostgres('npm run doctor with two addresses of a database', (server) => {
  it('tells whether both lead to the same one', async () => {
    const [one, two] = [await server().createDatabase(), await server().createDatabase()];
    await runMigrations({ DATABASE_URL: one.url });
    const visit = (url: string) => diagnose({ ...environment, DATABASE_URL: one.url, DATABASE_DIRECT_URL: url });
    const same = await visit(`${one.url}?application_name=direct`);
    expect(findingOf(same, 'direct database')).toMatchObject({ status: 'ok', message: text(/^migrations go to /) });
    const other = await visit(two.url);
    expect(findingOf(other, 'direct database')).toMatchObject({ status: 'fail', message: text(/another database/) });
    await Promise.all([one.drop(), two.drop()]);
  });
});

describeOnPostgres('npm run doctor and a bus over LISTEN and NOTIFY that is in trouble', (server) => {
  let own: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  beforeAll(async () => {
    own = await server().createDatabase();
    await runMigrations({ DATABASE_URL: own.url });
    proxy = await TcpFaultProxy.start(server());
  });
  afterAll(async () => {
    await proxy?.stop();
    await own?.drop();
  });

  const visit = (directUrl: string) =>
    visitDoctor({ ...environment, DATABASE_URL: own.url, DATABASE_DIRECT_URL: directUrl }, '--json');
  const busOf = (stdout: string) => findingOf(JSON.parse(stdout) as Diagnosis, 'revocation bus');

  it('finds that the certificate of its address is missing', async () => {
    const { stdout, stderr } = await visit(`${own.url}?sslrootcert=/missing.pem`);
    expect(busOf(stdout)).toMatchObject({
      status: 'warn',
      message: text(/ do not get through at \S+: the address cannot be used: ENOENT.*missing\.pem'$/),
    });
    expect(stderr).toBe('');
  });

  // Each answer comes in time, all together do not; on a busy machine one is late by itself.
  it('warns of one that is slow, which stops no sign-in', async () => {
    await proxy.inject({ kind: 'latency', ms: 400 });
    const { stdout } = await visit(proxy.urlOf(own.url));
    expect(busOf(stdout)).toMatchObject({ status: 'warn', message: text(/: (no answer|.*timeout.*)$/) });
  });
});

describeOnPooler('npm run doctor and the bus over LISTEN and NOTIFY', (server) => {
  let own: TemporaryDatabase;
  beforeAll(async () => {
    own = await server().postgres.createDatabase();
    await runMigrations({ DATABASE_URL: own.url });
  });
  afterAll(() => own?.drop());

  const visit = async (directUrl: string) => {
    const pooled = { DATABASE_URL: server().through('transaction', own.url), DATABASE_PREPARED: 'false' };
    const diagnosis = await diagnose({ ...environment, ...pooled, DATABASE_DIRECT_URL: directUrl });
    return [findingOf(diagnosis, 'revocation bus'), diagnosis.exitCode];
  };

  it.each([
    ['past the pooler', (url: string) => url],
    ['through one in session mode', (url: string) => server().through('session', url)],
  ])('finds that notifications get through %s', async (_way, addressOf) => {
    const { host, pathname } = new URL(addressOf(own.url));
    const message = `LISTEN and NOTIFY get through at ${host}${pathname}`;
    expect(await visit(addressOf(own.url))).toEqual([{ status: 'ok', subject: 'revocation bus', message }, 0]);
  });

  it('finds a pooler in transaction mode that swallows them', async () => {
    expect(await visit(server().through('transaction', own.url))).toEqual([
      {
        status: 'warn',
        subject: 'revocation bus',
        message: text(
          /^LISTEN and NOTIFY do not get through at 127\.0\.0\.1:\d+\/\w+: notifications do not come through$/,
        ),
        mend: text(
          /^Lead DATABASE_DIRECT_URL to the primary, past any pooler in transaction mode, and .*; until then /,
        ),
      },
      0,
    ]);
  });

  it('says nothing against a bus that is off', async () => {
    const address = server().through('transaction', own.url);
    const diagnosis = await diagnose({ ...environment, DATABASE_URL: address, REVOCATION_BUS: 'off' });
    expect(findingOf(diagnosis, 'revocation bus')).toMatchObject({ status: 'ok', message: text(/^off: /) });
  });
});

describeOnRedis('npm run doctor and the bus over Redis', (server) => {
  const password = 'marker-of-a-password';
  let redis: Redis;
  beforeAll(() => (redis = new Redis(server().url)));
  afterAll(() => redis.quit());

  const visit = (url: string): Promise<Diagnosis> =>
    diagnose({ ...environment, REDIS_URL: url, REVOCATION_BUS: 'redis' });

  it('finds that messages get through, and alarms nobody who listens', async () => {
    const ear = redis.duplicate();
    const heard: string[] = [];
    ear.on('message', (_channel, message: string) => heard.push(message));
    await ear.subscribe('social_auth_revocation');
    const diagnosis = await visit(server().url);
    ear.disconnect();
    const message = `publish and subscribe get through at ${new URL(server().url).host}`;
    expect(findingOf(diagnosis, 'revocation bus')).toEqual({ status: 'ok', subject: 'revocation bus', message });
    expect(heard.map((word) => hintIn(word)?.revocations)).toEqual([[{ kind: 'token', tokenId: text(/./) }]]);
  });

  it.each([
    ['subscribe', /NOPERM/],
    ['publish', /NOPERM/],
  ])('L4 finds a Redis that does not let us %s, and tells no password', async (command, reason) => {
    const user = `doctor-${command}-${randomUUID()}`;
    await redis.acl('SETUSER', user, 'on', `>${password}`, '~*', '&*', '+@all', `-${command}`);
    const url = new URL(server().url);
    [url.username, url.password] = [user, password];
    const diagnosis = await visit(url.href);
    await redis.acl('DELUSER', user);
    const found = findingOf(diagnosis, 'revocation bus');
    expect(found).toMatchObject({ status: 'warn', message: text(reason), mend: text(/^Lead REDIS_URL to one Redis/) });
    expect(JSON.stringify(diagnosis)).not.toContain(password);
    expect(findingOf(diagnosis, 'redis')?.status).toBe('ok');
  });

  it('finds one that is away', async () => {
    const diagnosis = await visit(`redis://127.0.0.1:${await freePort()}`);
    expect(findingOf(diagnosis, 'revocation bus')).toMatchObject({ status: 'warn', message: text(/ECONNREFUSED$/) });
  });
});
