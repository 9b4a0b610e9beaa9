import { databaseForMigrations } from './database-url';

it.each([
  [{}, 'the embedded one in .data (DATABASE_URL is not set)'],
  [{ DATABASE_URL: ' ', DATA_DIR: '/var/demo' }, 'the embedded one in /var/demo (DATABASE_URL is not set)'],
  [
    { DATABASE_URL: 'postgres://app:secret@db.example.com:5433/app?password=secret' },
    'postgres://app@db.example.com:5433/app (DATABASE_URL)',
  ],
  [{ DATABASE_URL: 'postgres://db.example.com/app' }, 'postgres://db.example.com/app (DATABASE_URL)'],
  [
    { DATABASE_URL: 'postgres://pooler/app', DATABASE_DIRECT_URL: 'postgres://owner:secret@db/app' },
    'postgres://owner@db/app (DATABASE_DIRECT_URL)',
  ],
  [{ DATABASE_URL: 'not an address: secret' }, 'the one of DATABASE_URL'],
])('names the database that migrations go to, without its password: %#', (given, expected) => {
  expect(databaseForMigrations(given)).toBe(expected);
});
