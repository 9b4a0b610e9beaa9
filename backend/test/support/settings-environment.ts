import { randomBytes } from 'node:crypto';
import type { Environment } from '../../src/app/settings/environment';
import { loadSettings } from '../../src/app/settings/load-settings';
import { SettingsError } from '../../src/app/settings/settings.error';

/** An HMAC key as a variable holds it. */
export const hmacKey = (): string => randomBytes(32).toString('base64');

/** As few variables as a server starts with. */
export const LEAST: Environment = {
  DATABASE_URL: 'postgres://user:password@db.example.com/app',
  TOKEN_HMAC_KEYS: `first:${hmacKey()}`,
  GOOGLE_CLIENT_ID: 'web.apps.example',
};

/** What is wrong with the least environment when these are laid over it. */
export function faultsOf(environment: Environment): readonly string[] {
  try {
    loadSettings({ ...LEAST, ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

/** A test for each value that a variable must not have. */
export function itRefusesValues(values: readonly (readonly [name: string, value: string])[]): void {
  it.each(values)('refuses %s=%s, once, by name and without the value', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: expected `))]);
    if (value.length > 5) expect(faults.join()).not.toContain(value);
  });
}

/** A test for each environment that is refused by the name of one variable. */
export function itRefuses(environments: readonly (readonly [what: string, Environment, name: string])[]): void {
  it.each(environments)('refuses %s', (_what, environment, name) => {
    expect(faultsOf(environment)).toEqual([expect.stringMatching(new RegExp(`^${name}: expected `))]);
  });
}
