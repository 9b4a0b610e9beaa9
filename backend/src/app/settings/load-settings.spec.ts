import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineProvider } from '../../social-auth';
import type { Environment } from './environment';
import { loadSettings } from './load-settings';
import { SettingsError } from './settings.error';
import { Expects } from './variables/expects.decorator';

const key = (): string => randomBytes(32).toString('base64');

const FRONTEND_SECRET = randomBytes(24).toString('base64');

const LEAST: Environment = {
  DATABASE_URL: 'postgres://user:password@db.example.com/app',
  TOKEN_HMAC_KEYS: `first:${key()}`,
  GOOGLE_CLIENT_ID: 'web.apps.example',
};

function faultsOf(environment: Environment): readonly string[] {
  try {
    loadSettings({ ...LEAST, ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

describe('loadSettings', () => {
  it('fills in the defaults', () => {
    expect(loadSettings(LEAST)).toMatchObject({
      production: false,
      logLevel: 'info',
      http: { host: '127.0.0.1', port: 3001, docs: true, corsOrigins: [], trustProxy: false },
      database: {
        url: LEAST.DATABASE_URL,
        directUrl: LEAST.DATABASE_URL,
        poolMax: 10,
        preparedStatements: true,
        migrateOnStart: false,
      },
      limits: { signInsPerMinute: 30, redisUrl: undefined },
      tokens: { prefix: 'nte', ttlSeconds: 86_400, authSchemes: ['Bearer'] },
    });
  });

  it('mounts the providers whose variables are set, and no others', () => {
    const { definitions, settings } = loadSettings(LEAST).providers;
    expect(definitions.map(({ name }) => name)).toEqual(['google']);
    expect(Object.keys(settings)).toEqual(['google']);
  });

  it('takes a provider that it has never heard of', () => {
    class ThirdVariables {
      @Expects('a tenant', (value) => value.length > 2)
      THIRD_TENANT?: string;
    }
    const third = defineProvider({
      name: 'third',
      title: 'Third',
      variables: ThirdVariables,
      settings: ({ THIRD_TENANT: tenant }) => (tenant === undefined ? undefined : { tenant }),
      controller: class {},
      createStrategy: () => ({ verify: () => Promise.reject(new Error('not needed here')) }),
    });
    expect(loadSettings({ ...LEAST, THIRD_TENANT: ' acme ' }, [third]).providers.settings).toEqual({
      third: { tenant: 'acme' },
    });
    expect(() => loadSettings({ ...LEAST, THIRD_TENANT: 'x' }, [third])).toThrow('THIRD_TENANT: expected a tenant');
    expect(() => loadSettings(LEAST, [third])).toThrow('Third (THIRD_TENANT, …)');
  });

  it('takes empty and blank variables for absent', () => {
    const blank = { PORT: '', REDIS_URL: '  ', TRUSTED_PROXIES: '', DOCS: '', LOG_LEVEL: ' ' };
    expect(loadSettings({ ...LEAST, ...blank })).toEqual(loadSettings(LEAST));
  });

  it('reads everything that can be set', () => {
    const settings = loadSettings({
      ...LEAST,
      HOST: '0.0.0.0',
      PORT: '8080',
      LOG_LEVEL: 'warn',
      DOCS: 'false',
      CORS_ORIGINS: 'https://a.example, https://b.example:8443',
      TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32,192.0.2.1',
      FRONTEND_SHARED_SECRET: FRONTEND_SECRET,
      RATE_LIMIT_SIGN_IN: '0',
      REDIS_URL: 'rediss://cache.example:6380/1',
      DATABASE_DIRECT_URL: 'postgresql://direct.example/app?sslmode=require',
      DATABASE_PREPARED: 'false',
      MIGRATE_ON_START: 'true',
      TOKEN_PREFIX: 'test1',
      TOKEN_TTL_SECONDS: '3600',
      TOKEN_AUTH_SCHEMES: 'Bearer, Token',
      TOKEN_HMAC_KEYS: `new:${key()},old:${key()}`,
    });
    expect(settings).toMatchObject({
      logLevel: 'warn',
      http: {
        host: '0.0.0.0',
        port: 8080,
        docs: false,
        corsOrigins: ['https://a.example', 'https://b.example:8443'],
        trustProxy: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'],
        frontendSharedSecret: FRONTEND_SECRET,
      },
      limits: { signInsPerMinute: 0, redisUrl: 'rediss://cache.example:6380/1' },
      database: {
        directUrl: 'postgresql://direct.example/app?sslmode=require',
        preparedStatements: false,
        migrateOnStart: true,
      },
      tokens: { prefix: 'test1', ttlSeconds: 3600, authSchemes: ['Bearer', 'Token'] },
    });
    expect(settings.tokens.hmacKeys.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(loadSettings({ ...LEAST, TRUST_PROXY_HOPS: '2' }).http.trustProxy).toBe(2);
  });

  it('obeys pool_max and keeps it from the database, but not what it does not own', () => {
    const { database } = loadSettings({ ...LEAST, DATABASE_URL: 'postgres://u@h/db?sslmode=require&pool_max=1' });
    expect(database).toMatchObject({ url: 'postgres://u@h/db?sslmode=require', poolMax: 1, preparedStatements: false });
    expect(database.directUrl).toBe(database.url);
  });

  it.each([
    ['NODE_ENV', 'prod'],
    ['HOST', 'not a host'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3001x'],
    ['LOG_LEVEL', 'loud'],
    ['DOCS', 'yes'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example/'],
    ['CORS_ORIGINS', 'https://a.example,'],
    ['CORS_ORIGINS', 'a.example'],
    ['CORS_ORIGINS', 'null'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUST_PROXY_HOPS', '0'],
    ['TRUST_PROXY_HOPS', 'true'],
    ['FRONTEND_SHARED_SECRET', 'short'],
    ['FRONTEND_SHARED_SECRET', 'x'.repeat(32)],
    ['FRONTEND_SHARED_SECRET', 'changeme'.repeat(8)],
    ['RATE_LIMIT_SIGN_IN', '-1'],
    ['RATE_LIMIT_SIGN_IN', '1.5'],
    ['REDIS_URL', 'http://cache.example'],
    ['DATABASE_URL', 'mysql://u@h/db'],
    ['DATABASE_URL', 'host=localhost'],
    ['DATABASE_URL', 'postgres://u@h/db?pool_max=0'],
    ['DATABASE_URL', 'postgres://u@h/db?pool_max=many'],
    ['DATABASE_DIRECT_URL', 'nowhere'],
    ['DATABASE_PREPARED', '1'],
    ['MIGRATE_ON_START', 'on'],
    ['TOKEN_PREFIX', 'NTE'],
    ['TOKEN_PREFIX', 'n'],
    ['TOKEN_PREFIX', 'a_b'],
    ['TOKEN_TTL_SECONDS', '59'],
    ['TOKEN_TTL_SECONDS', '1d'],
    ['TOKEN_AUTH_SCHEMES', 'Token'],
    ['TOKEN_AUTH_SCHEMES', 'Bearer,Basic'],
    ['TOKEN_HMAC_KEYS', 'first'],
    ['TOKEN_HMAC_KEYS', `first:${randomBytes(31).toString('base64')}`],
    ['TOKEN_HMAC_KEYS', `same:${key()},same:${key()}`],
  ])('refuses %s=%s, once, by name and without the value', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: expected `))]);
    if (value.length > 5) expect(faults.join()).not.toContain(value);
  });

  it('L4 says what a secret must be that only fills its length', () => {
    expect(faultsOf({ FRONTEND_SHARED_SECRET: 'x'.repeat(64) })).toEqual([
      'FRONTEND_SHARED_SECRET: expected at least 32 random characters, 8 different ones among them',
    ]);
  });

  it('refuses TRUSTED_PROXIES together with TRUST_PROXY_HOPS', () => {
    expect(faultsOf({ TRUSTED_PROXIES: '10.0.0.1', TRUST_PROXY_HOPS: '1' })).toEqual([
      expect.stringContaining('TRUSTED_PROXIES, TRUST_PROXY_HOPS'),
    ]);
  });

  it('tells all faults at once, those of providers among them', () => {
    const faults = faultsOf({ DATABASE_URL: '', PORT: 'x', GOOGLE_ISSUER: 'not an issuer', TOKEN_PREFIX: '!' });
    const names = ['DATABASE_URL', 'PORT', 'GOOGLE_ISSUER', 'TOKEN_PREFIX'];
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual(names.sort());
  });

  it('refuses to start without any provider', () => {
    expect(faultsOf({ GOOGLE_CLIENT_ID: '' })).toEqual([expect.stringMatching(/no provider.*Auth0.*Google/)]);
  });

  describe('in production', () => {
    const PRODUCTION: Environment = { NODE_ENV: 'production' };

    it('hides the documentation unless it is asked for', () => {
      expect(loadSettings({ ...LEAST, ...PRODUCTION }).http.docs).toBe(false);
      expect(loadSettings({ ...LEAST, ...PRODUCTION, DOCS: 'true' }).http.docs).toBe(true);
    });

    it.each([
      ['makes no keys itself', { TOKEN_HMAC_KEYS: '' }, 'TOKEN_HMAC_KEYS'],
      [
        'refuses a placeholder as a key',
        { TOKEN_HMAC_KEYS: `k:${Buffer.alloc(32).toString('base64')}` },
        'TOKEN_HMAC_KEYS',
      ],
      [
        'refuses the embedded database',
        { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/postgres?pool_max=1' },
        'DATABASE_URL',
      ],
      ['refuses an issuer without TLS', { GOOGLE_ISSUER: 'http://issuer.example' }, 'GOOGLE_ISSUER'],
      ['refuses an issuer on this machine', { GOOGLE_ISSUER: 'https://127.0.0.1:3002/google' }, 'GOOGLE_ISSUER'],
    ])('%s', (_, environment, name) => {
      const faults = faultsOf({ ...PRODUCTION, ...environment });
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: expected`))]);
    });
  });

  describe('outside production', () => {
    let directory: string;
    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'settings-'))));
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    it('makes keys that only their owner can read, once', () => {
      const environment = { ...LEAST, TOKEN_HMAC_KEYS: '', DATA_DIR: join(directory, 'new', 'data') };
      const first = loadSettings(environment).tokens.hmacKeys;
      const path = join(environment.DATA_DIR, 'token-hmac-keys');
      expect(first).toEqual([{ id: 'local', key: expect.any(Buffer) as Buffer }]);
      expect(first[0]?.key).toHaveLength(32);
      expect([statSync(path).mode & 0o777, statSync(environment.DATA_DIR).mode & 0o777]).toEqual([0o600, 0o700]);
      expect(readFileSync(join(environment.DATA_DIR, '.nest-token-exchange'), 'utf8')).toBe('');
      expect(loadSettings(environment).tokens.hmacKeys).toEqual(first);
    });

    it('does not claim a directory that it has not made', () => {
      loadSettings({ ...LEAST, TOKEN_HMAC_KEYS: '', DATA_DIR: directory });
      expect(() => statSync(join(directory, '.nest-token-exchange'))).toThrow();
    });

    it('refuses a damaged file of keys, and a directory that is none', () => {
      writeFileSync(join(directory, 'token-hmac-keys'), 'local:');
      expect(faultsOf({ TOKEN_HMAC_KEYS: '', DATA_DIR: directory })).toEqual([
        expect.stringMatching(/^DATA_DIR: expected/),
      ]);
      writeFileSync(join(directory, 'file'), '');
      expect(faultsOf({ TOKEN_HMAC_KEYS: '', DATA_DIR: join(directory, 'file') })).toEqual([
        expect.stringMatching(/^DATA_DIR: expected/),
      ]);
    });
  });
});
