import { itRefuses, itRefusesValues, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';

describe('the settings of the database', () => {
  it('are read from their variables', () => {
    const { database } = loadSettings({
      ...LEAST,
      DATABASE_DIRECT_URL: 'postgresql://direct.example/app?sslmode=require',
      DATABASE_PREPARED: 'false',
      MIGRATE_ON_START: 'true',
    });
    expect(database).toMatchObject({
      directUrl: 'postgresql://direct.example/app?sslmode=require',
      preparedStatements: false,
      migrateOnStart: true,
    });
  });

  it('obey pool_max and keep it from the database, but not what they do not own', () => {
    const { database } = loadSettings({ ...LEAST, DATABASE_URL: 'postgres://u@h/db?sslmode=require&pool_max=1' });
    expect(database).toMatchObject({ url: 'postgres://u@h/db?sslmode=require', poolMax: 1, preparedStatements: false });
    expect(database.directUrl).toBe(database.url);
  });

  itRefusesValues([
    ['DATABASE_URL', 'mysql://u@h/db'],
    ['DATABASE_URL', 'host=localhost'],
    ['DATABASE_URL', 'postgres://u@h/db?pool_max=0'],
    ['DATABASE_URL', 'postgres://u@h/db?pool_max=many'],
    ['DATABASE_DIRECT_URL', 'nowhere'],
    ['DATABASE_PREPARED', '1'],
    ['MIGRATE_ON_START', 'on'],
  ]);

  itRefuses([
    [
      'the embedded database in production',
      { NODE_ENV: 'production', DATABASE_URL: 'postgres://postgres@127.0.0.1:1/postgres?pool_max=1' },
      'DATABASE_URL',
    ],
  ]);
});
