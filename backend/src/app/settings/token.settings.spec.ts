import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, hmacKey, itRefuses, itRefusesValues, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';

describe('the settings of tokens', () => {
  it('are read from their variables', () => {
    const { tokens } = loadSettings({
      ...LEAST,
      TOKEN_PREFIX: 'test1',
      TOKEN_TTL_SECONDS: '3600',
      TOKEN_AUTH_SCHEMES: 'Bearer, Token',
      TOKEN_HMAC_KEYS: `new:${hmacKey()},old:${hmacKey()}`,
      REVOCATION_BOUND_MS: '500',
    });
    expect(tokens).toMatchObject({
      prefix: 'test1',
      ttlSeconds: 3600,
      authSchemes: ['Bearer', 'Token'],
      revocationBoundMs: 500,
    });
    expect(tokens.hmacKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('say how tokens live', () => {
    const { tokens } = loadSettings({
      ...LEAST,
      TOKEN_IDLE_SECONDS: '601',
      TOKEN_LAST_USED_SECONDS: '300',
      TOKEN_ROTATION_GRACE_SECONDS: '0',
      TOKEN_LIMIT: '5',
      TOKEN_LIMIT_POLICY: 'evict-least-recently-used',
      TOKEN_ONE_PER_ACCOUNT: 'false',
      TOKEN_RETENTION_DAYS: '2',
      PERSONAL_TOKEN_TTL_SECONDS: '60',
      PERSONAL_TOKEN_MAX_TTL_SECONDS: '60',
      PERSONAL_TOKEN_LIMIT: '0',
      TOKEN_CACHE_SIZE: '0',
      TOKEN_CACHE_SECONDS: '1',
    });
    expect(tokens).toMatchObject({
      idleSeconds: 601,
      lastUsedSeconds: 300,
      rotationGraceSeconds: 0,
      limit: { perAccount: 5, policy: 'evict-least-recently-used' },
      personal: { ttlSeconds: 60, maximumTtlSeconds: 60, perAccount: 0 },
      cache: { size: 0, seconds: 1 },
      retentionSeconds: 172_800,
    });
    expect(loadSettings({ ...LEAST, TOKEN_ONE_PER_ACCOUNT: 'true' }).tokens.limit).toEqual({
      perAccount: 1,
      policy: 'evict-oldest',
    });
  });

  it('leave what is not set to the module', () => {
    const { tokens } = loadSettings(LEAST);
    expect(JSON.parse(JSON.stringify({ ...tokens, hmacKeys: undefined }))).toEqual({
      prefix: 'nte',
      ttlSeconds: 86_400,
      authSchemes: ['Bearer'],
      limit: {},
      personal: {},
      cache: {},
    });
  });

  itRefuses([
    [
      'TOKEN_ONE_PER_ACCOUNT beside a limit',
      { TOKEN_ONE_PER_ACCOUNT: 'true', TOKEN_LIMIT: '1' },
      'TOKEN_ONE_PER_ACCOUNT',
    ],
    [
      'TOKEN_ONE_PER_ACCOUNT beside a policy',
      { TOKEN_ONE_PER_ACCOUNT: 'true', TOKEN_LIMIT_POLICY: 'evict-oldest' },
      'TOKEN_ONE_PER_ACCOUNT',
    ],
    ['an idle end within twice the default interval', { TOKEN_IDLE_SECONDS: '120' }, 'TOKEN_IDLE_SECONDS'],
    [
      'an idle end of twice the interval',
      { TOKEN_IDLE_SECONDS: '600', TOKEN_LAST_USED_SECONDS: '300' },
      'TOKEN_IDLE_SECONDS',
    ],
    [
      'an idle end where last use is not recorded',
      { TOKEN_IDLE_SECONDS: '3600', TOKEN_LAST_USED_SECONDS: '0' },
      'TOKEN_IDLE_SECONDS',
    ],
    [
      'a personal lifetime beyond the longest',
      { PERSONAL_TOKEN_TTL_SECONDS: '61', PERSONAL_TOKEN_MAX_TTL_SECONDS: '60' },
      'PERSONAL_TOKEN_TTL_SECONDS',
    ],
    [
      'a personal lifetime beyond the default longest',
      { PERSONAL_TOKEN_TTL_SECONDS: '31536001' },
      'PERSONAL_TOKEN_TTL_SECONDS',
    ],
  ]);

  itRefusesValues([
    ['TOKEN_PREFIX', 'NTE'],
    ['TOKEN_PREFIX', 'n'],
    ['TOKEN_PREFIX', 'a_b'],
    ['TOKEN_TTL_SECONDS', '59'],
    ['TOKEN_TTL_SECONDS', '1d'],
    ['TOKEN_IDLE_SECONDS', '0'],
    ['TOKEN_IDLE_SECONDS', '1h'],
    ['TOKEN_LAST_USED_SECONDS', '-1'],
    ['TOKEN_LAST_USED_SECONDS', '86401'],
    ['TOKEN_ROTATION_GRACE_SECONDS', '3601'],
    ['TOKEN_LIMIT', 'none'],
    ['TOKEN_LIMIT_POLICY', 'evict'],
    ['TOKEN_ONE_PER_ACCOUNT', 'yes'],
    ['TOKEN_RETENTION_DAYS', '3651'],
    ['PERSONAL_TOKEN_TTL_SECONDS', '59'],
    ['PERSONAL_TOKEN_MAX_TTL_SECONDS', '315360001'],
    ['PERSONAL_TOKEN_LIMIT', '-1'],
    ['TOKEN_CACHE_SIZE', '1000001'],
    ['TOKEN_CACHE_SECONDS', '0'],
    ['REVOCATION_BOUND_MS', '199'],
    ['TOKEN_AUTH_SCHEMES', 'Token'],
    ['TOKEN_AUTH_SCHEMES', 'Bearer,Basic'],
    ['TOKEN_HMAC_KEYS', 'first'],
    ['TOKEN_HMAC_KEYS', `first:${randomBytes(31).toString('base64')}`],
    ['TOKEN_HMAC_KEYS', `same:${hmacKey()},same:${hmacKey()}`],
  ]);

  itRefuses([
    ['to make keys in production', { NODE_ENV: 'production', TOKEN_HMAC_KEYS: '' }, 'TOKEN_HMAC_KEYS'],
    [
      'a placeholder as a key in production',
      { NODE_ENV: 'production', TOKEN_HMAC_KEYS: `k:${Buffer.alloc(32).toString('base64')}` },
      'TOKEN_HMAC_KEYS',
    ],
  ]);

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
