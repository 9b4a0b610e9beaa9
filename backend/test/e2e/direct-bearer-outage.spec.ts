import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { Clock } from '../../src/social-auth';
import { describeOnPostgres } from '../support/describe-on-server';
import { accessTokenOf, newPerson, stateWith, TAKES_ACCESS_TOKENS } from '../support/direct-bearer';
import type { TemporaryDatabase } from '../support/postgres-server';
import { TcpFaultProxy } from '../support/tcp-fault-proxy';
import { startTestApp, type TestApp } from '../support/test-app';

/** The longest that may be set: what is kept is not lost for the slowness of a test. */
const BOUND_SECONDS = 60;
const SETTINGS = { ...TAKES_ACCESS_TOKENS, REVOCATION_BOUND_MS: String(BOUND_SECONDS * 1_000) };

/** Moves both clocks of a server on. */
function letPass(server: TestApp, seconds: number): void {
  const clock = server.app.get(Clock);
  const [steady, wall] = [clock.monotonic.bind(clock), clock.now.bind(clock)];
  clock.monotonic = () => steady() + seconds * 1_000;
  clock.now = () => wall() + seconds * 1_000;
}

describe('while the provider does not answer, a bearer token of it', () => {
  let server: TestApp;
  beforeEach(async () => {
    server = await startTestApp({ settings: SETTINGS });
  }, 60_000);
  afterEach(() => server?.stop());

  it('U3 is a 503 where no key was ever fetched, and taken afterwards', async () => {
    server.idp.auth0.fault('jwks', '503');
    const token = await accessTokenOf(server, newPerson());
    const answer = await server.api('/accounts/me', { token });
    expect([answer.status, answer.body.code]).toEqual([503, 'provider_unavailable']);
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(answer.headers.get('www-authenticate')).toBeNull();
    server.idp.auth0.fault('jwks', undefined);
    letPass(server, 5);
    expect(await stateWith(server, token)).toBe('200');
  });

  it('U1 is taken on the strength of the kept keys', async () => {
    const token = await accessTokenOf(server, newPerson());
    expect(await stateWith(server, token)).toBe('200');
    server.idp.auth0.fault('jwks', '503');
    letPass(server, 1_200);
    expect(await stateWith(server, token)).toBe('200');
  });

  it('V18 is refused ten minutes after its key was retired, although it was verified a moment before', async () => {
    const { auth0 } = server.idp;
    const retired = auth0.signingKey.kid;
    const token = await accessTokenOf(server, newPerson());
    await auth0.rotate();
    expect(await stateWith(server, token)).toBe('200');
    // In the tenth minute, with a renewal that fails: kept for no longer than the keys.
    auth0.fault('jwks', '503');
    letPass(server, 570);
    expect(await stateWith(server, token)).toBe('200');
    auth0.fault('jwks', undefined);
    auth0.retire(retired);
    letPass(server, 32);
    expect(await stateWith(server, token)).toBe('401 provider_token_invalid');
  });
});

describeOnPostgres('U6 while the database does not answer, a bearer token of the provider', (postgres) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let server: TestApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await postgres().createDatabase();
    proxy = await TcpFaultProxy.start(postgres());
    const url = proxy.urlOf(database.url);
    server = await startTestApp({ idp, settings: SETTINGS, database: { url, stop: () => database.drop() } });
  }, 60_000);
  afterAll(async () => {
    await proxy?.heal();
    await server?.stop();
    await proxy?.stop();
    await database?.drop();
    await idp?.stop();
  });

  it('G8 is a 503 where it was not verified a moment ago, and works within the bound where it was', async () => {
    const [known, unknown] = [await accessTokenOf(server, newPerson()), await accessTokenOf(server, newPerson())];
    expect(await stateWith(server, known)).toBe('200');
    await proxy.inject({ kind: 'reset' });
    expect(await stateWith(server, unknown)).toBe('503 database_unavailable');
    expect(await stateWith(server, known)).toBe('200');
    letPass(server, BOUND_SECONDS);
    expect(await stateWith(server, known)).toBe('503 database_unavailable');
  });
});
