import { variableNames } from '../../src/app/settings/variable-reader';
import { AccountVariables } from '../../src/app/settings/variables/account.variables';
import { DatabaseVariables } from '../../src/app/settings/variables/database.variables';
import { HttpVariables } from '../../src/app/settings/variables/http.variables';
import { MetricsVariables } from '../../src/app/settings/variables/metrics.variables';
import { RevocationVariables } from '../../src/app/settings/variables/revocation.variables';
import { TokenVariables } from '../../src/app/settings/variables/token.variables';
import { instanceVariablesOfFrontend, providerVariables } from './provider-variables';
import { repositoryFiles, textOf } from './repository-files';

const BACKEND = [
  HttpVariables,
  DatabaseVariables,
  MetricsVariables,
  RevocationVariables,
  TokenVariables,
  AccountVariables,
  ...providerVariables,
]
  .flatMap(variableNames)
  // Set by whoever starts a process, never by a file.
  .filter((name) => name !== 'NODE_ENV');
/** Read as text: the frontend is compiled in another way than these tests. */
const CLIENT_SECRETS = repositoryFiles()
  .filter((path) => /^frontend\/src\/providers\/.*\.provider\.ts$/.test(path))
  .flatMap((path) => textOf(path).match(/(?<=clientSecretVariable: ')[A-Z0-9_]+(?=')/g) ?? [])
  .concat(instanceVariablesOfFrontend.filter((name) => name.endsWith('_CLIENT_SECRET')));
const FRONTEND = [
  ...CLIENT_SECRETS,
  'BACKEND_URL',
  'EXPOSE_API_TOKEN',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_URL',
  'PUBLIC_BACKEND_URL',
];
const DEMO = ['DEMO_ISSUER_PORT', 'DEMO_LEGACY_FLOWS'];
// The secrets of some apps are needed by both sides.
const ALL = [...new Set([...BACKEND, ...FRONTEND, ...instanceVariablesOfFrontend, ...DEMO])].sort();

describe('.env.example', () => {
  const lines = textOf('.env.example').split('\n');
  const assignments = lines.filter((line) => /^#? ?[A-Z][A-Z0-9_]*=/.test(line));

  it('documents every setting of backend, frontend and demo, once, and no other', () => {
    expect(assignments.map((line) => /[A-Z][A-Z0-9_]*/.exec(line)?.[0]).sort()).toEqual(ALL);
  });

  it('sets nothing by itself and holds no secret', () => {
    expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))).toEqual([]);
    expect(CLIENT_SECRETS).toEqual(expect.arrayContaining(['AUTH0_CLIENT_SECRET', 'GOOGLE_CLIENT_SECRET']));
    for (const name of [
      'TOKEN_HMAC_KEYS',
      'FRONTEND_SHARED_SECRET',
      'METRICS_TOKEN',
      'NEXTAUTH_SECRET',
      ...CLIENT_SECRETS,
    ]) {
      expect(lines).toContain(`# ${name}=`);
    }
  });
});

describe('the frontend', () => {
  it('reads no variable that is not documented', () => {
    const sources = repositoryFiles().filter(
      (path) => /^frontend\/(src|server).*\.(ts|tsx|mjs|cjs)$/.test(path) && !path.includes('.spec.'),
    );
    const named = sources.flatMap(
      (path) => textOf(path).match(/(?<=process\.env\.)[A-Z][A-Z0-9_]*|(?<=')[A-Z]+(_[A-Z0-9]+)+(?=')/g) ?? [],
    );
    const known = new Set([...ALL, 'NODE_ENV', 'NEXT_PHASE', 'NEXT_RUNTIME']);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });
});
