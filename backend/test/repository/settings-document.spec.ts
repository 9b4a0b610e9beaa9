import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variableNames } from '../../src/app/settings/variable-reader';
import { AccountVariables } from '../../src/app/settings/variables/account.variables';
import { DatabaseVariables } from '../../src/app/settings/variables/database.variables';
import { HttpVariables } from '../../src/app/settings/variables/http.variables';
import { MetricsVariables } from '../../src/app/settings/variables/metrics.variables';
import { RevocationVariables } from '../../src/app/settings/variables/revocation.variables';
import { TokenVariables } from '../../src/app/settings/variables/token.variables';
import { instanceVariablesOfFrontend, providerVariables } from './provider-variables';

const root = join(__dirname, '../../..');

const ofBackend = [
  DatabaseVariables,
  HttpVariables,
  MetricsVariables,
  RevocationVariables,
  TokenVariables,
  AccountVariables,
  ...providerVariables,
].flatMap((variables) => variableNames(variables));

/** The frontend reads its variables by name, in its settings and providers alone. */
const ofFrontend = instanceVariablesOfFrontend.concat(
  ['settings', 'providers'].flatMap((folder) => {
    const directory = join(root, 'frontend/src', folder);
    const sources = readdirSync(directory).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const texts = sources.map((name) => readFileSync(join(directory, name), 'utf8'));
    return texts.flatMap((text) => [...text.matchAll(/'([A-Z][A-Z0-9]*_[A-Z0-9_]+)'/g)].map(([, name = '']) => name));
  }),
);

describe('docs/settings.md', () => {
  const document = readFileSync(join(root, 'docs/settings.md'), 'utf8');

  it('finds the variables of both sides', () => {
    expect(ofBackend).toEqual(expect.arrayContaining(['PORT', 'DATABASE_URL', 'TOKEN_HMAC_KEYS', 'AUTH0_AUDIENCE']));
    expect(ofFrontend).toEqual(expect.arrayContaining(['NEXTAUTH_URL', 'GOOGLE_CLIENT_SECRET', 'EXPOSE_API_TOKEN']));
  });

  it.each([...new Set([...ofBackend, ...ofFrontend])].sort())('describes %s', (name) => {
    expect(document).toMatch(new RegExp(`^\\|[^|\\n]*\`${name}\`[^|\\n]*\\|`, 'm'));
  });

  it('describes no other variable of the two sides', () => {
    const described = [...document.matchAll(/^\| ((?:`[A-Z0-9_]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name),
    );
    expect(described.filter((name) => ![...ofBackend, ...ofFrontend].includes(name ?? ''))).toEqual([]);
  });
});
