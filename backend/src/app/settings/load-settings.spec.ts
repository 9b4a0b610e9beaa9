import { faultsOf, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';

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

  it('takes empty and blank variables for absent', () => {
    const blank = { PORT: '', REDIS_URL: '  ', TRUSTED_PROXIES: '', DOCS: '', LOG_LEVEL: ' ' };
    expect(loadSettings({ ...LEAST, ...blank })).toEqual(loadSettings(LEAST));
  });

  it('tells all faults at once, those of providers among them', () => {
    const faults = faultsOf({
      DATABASE_URL: '',
      PORT: 'x',
      GOOGLE_ISSUER: 'not an issuer',
      TOKEN_PREFIX: '!',
      TOKEN_IDLE_SECONDS: '60',
      SIGN_UP: 'maybe',
    });
    const names = ['DATABASE_URL', 'PORT', 'GOOGLE_ISSUER', 'TOKEN_PREFIX', 'TOKEN_IDLE_SECONDS', 'SIGN_UP'];
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual(names.sort());
  });
});
