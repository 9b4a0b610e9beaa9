import { versionFinding } from './database.check';

it.each([
  ['15.0', 150_000, 'ok'],
  ['18.1', 180_001, 'ok'],
  ['14.20', 140_020, 'fail'],
])('PostgreSQL %s', (version, number, status) => {
  expect(versionFinding({ role: 'app', version, number }, 'db:5432/app')).toMatchObject({
    status,
    message: `PostgreSQL ${version} at db:5432/app, as app`,
  });
});
