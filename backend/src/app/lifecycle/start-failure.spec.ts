import { SettingsError } from '../settings/settings.error';
import { explainStartFailure } from './start-failure';

const refusal = (code: string, message: string): Error =>
  Object.assign(new Error(message), { severity: 'FATAL', code });

it.each([
  ['28P01', 'password authentication failed for user "app"'],
  ['3D000', 'database "nowhere" does not exist'],
  ['42501', 'permission denied for schema public'],
])('says in one line that the database refused with %s', (code, message) => {
  expect(explainStartFailure(refusal(code, message))).toBe(`The database refused: ${message}. Check DATABASE_URL.`);
});

it('says in one line what a setting or the port is about', () => {
  expect(explainStartFailure(new SettingsError(['PORT: expected a port']))).toBe(
    'The settings are wrong:\n  PORT: expected a port',
  );
  expect(explainStartFailure(Object.assign(new Error('listen'), { code: 'EADDRINUSE' }))).toMatch(/^The port is taken/);
});

it('keeps the stack of what it cannot explain, a failed migration for one', () => {
  expect(explainStartFailure(refusal('42P07', 'relation "note" already exists'))).toMatch(/^Error: relation.*\n +at /);
});
