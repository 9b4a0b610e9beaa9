import { randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { BOTH } from '../hostile/arena';
import type { ApiAnswer } from '../support/api-client';
import { describeOnPostgres } from '../support/describe-on-server';
import { startHostApp, type HostApp } from '../support/host-app';
import { persistently } from '../support/persistently';
import { startTestApp, type TestApp } from '../support/test-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { tenant } from './third-provider/tenant.provider';

const REPLAYED = '401 provider_token_replayed';
const verdictOf = ({ status, body }: ApiAnswer): string => (status === 200 ? '200' : `${status} ${body.code}`);
const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const now = (): number => Math.floor(Date.now() / 1000);

describe.each(BOTH)('V21 the single use of ID tokens of %s', (provider) => {
  const [current, former] = [key('2026'), key('2025')];
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let one: TestApp;
  let other: TestApp;

  const start = (TOKEN_HMAC_KEYS: string): Promise<TestApp> => {
    const { clientId, mobileClientId } = idp[provider];
    const clients = `${clientId},${mobileClientId};nonce=required`;
    const ids = { GOOGLE_CLIENT_ID: clients, AUTH0_CLIENT_ID: clients };
    return startTestApp({ idp, database, settings: { ID_TOKEN_SINGLE_USE: 'true', TOKEN_HMAC_KEYS, ...ids } });
  };
  const post = async (server: TestApp, json: object): Promise<string> =>
    verdictOf(await server.api(`/auth/${provider}`, { json }));
  /** Made by itself, as none of two signed in one second would be where there is no id. */
  const issue = async (claims: object = {}): Promise<string> =>
    (await idp[provider].issue('ada', { claims: { jti: randomBytes(8).toString('hex'), ...claims } })).idToken;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    one = await start(former);
    other = await start(`${current},${former}`);
  }, 60_000);
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
    await database?.stop();
    await idp?.stop();
  });

  it('counts on every replica, and under every key that is live', async () => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const id_token = await issue();
      expect(await post(first, { id_token })).toBe('200');
      expect(await post(second, { id_token })).toBe(REPLAYED);
      expect(await post(first, { id_token })).toBe(REPLAYED);
      expect(await post(second, { auth_token: id_token })).toBe(REPLAYED);
    }
  });

  it('answers with a challenge, and logs the refusal with the hashed subject', async () => {
    const id_token = await issue();
    await post(one, { id_token });
    const answer = await other.api(`/auth/${provider}`, { json: { id_token } });
    expect(verdictOf(answer)).toBe(REPLAYED);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="sign-in", error="invalid_token"');
    // Whichever server of a process started last has the log of all.
    expect(other.logs.events('sign_in').at(-1)).toMatchObject({
      outcome: 'refused',
      code: 'provider_token_replayed',
      subject: expect.any(String) as string,
    });
  });

  it.each<[string, object]>([
    ['jti', { jti: 'the-id', at_hash: undefined }],
    ['at_hash', { jti: undefined, at_hash: 'the-hash' }],
    ['its times alone', { jti: undefined, at_hash: undefined }],
  ])('knows a token by %s, not by its text', async (_name, claims) => {
    const base = { ...decodeJwt(await issue(claims)), iat: now() - 60, exp: now() + 600, ...claims };
    const again = { ...base, name: 'Somebody Else', nonce: 'another' };
    expect(await post(one, { id_token: idp[provider].sign(base) })).toBe('200');
    expect(await post(other, { id_token: idp[provider].sign(again) })).toBe(REPLAYED);
    expect(await post(other, { id_token: idp[provider].sign({ ...base, iat: base.iat - 1 }) })).toBe('200');
  });

  it('takes a token of another id, another second or another person for another one', async () => {
    const claims = { ...decodeJwt(await issue()), exp: now() + 600 };
    const sign = (change: object): string => idp[provider].sign({ ...claims, ...change });
    expect(await post(one, { id_token: sign({}) })).toBe('200');
    expect(await post(one, { id_token: sign({ jti: 'another' }) })).toBe('200');
    expect(await post(one, { id_token: sign({ iat: Number(claims.iat) - 1 }) })).toBe('200');
    expect(await post(one, { id_token: sign({ exp: claims.exp - 1 }) })).toBe('200');
    const { subject, email } = idp[provider].person('ben');
    expect(await post(one, { id_token: sign({ sub: subject, email, email_verified: false }) })).toBe('200');
  });

  it('uses up no token that is refused for its nonce', async () => {
    const { mobileClientId } = idp[provider];
    const claims = { aud: mobileClientId, azp: mobileClientId };
    const nonce = ((await one.api('/auth/challenge', { method: 'POST' })).body as unknown as { nonce: string }).nonce;
    const base = decodeJwt(await issue({ ...claims, jti: 'of-the-nonce' }));
    expect(await post(one, { id_token: idp[provider].sign({ ...base, nonce: 'mine' }) })).toBe(
      '401 provider_token_wrong_nonce',
    );
    expect(await post(one, { id_token: idp[provider].sign({ ...base, nonce }) })).toBe('200');
  });

  it('leaves access tokens alone', async () => {
    const { accessToken } = await idp[provider].issue('ada', { audience: idp[provider].audience });
    expect(await post(one, { access_token: accessToken })).toBe('200');
    expect(await post(other, { access_token: accessToken })).toBe('200');
  });

  it('L1 keeps nothing of a token in plain, and forgets it two minutes after its end', async () => {
    const claims = decodeJwt(await issue());
    await one.dataSource.query('delete from social_auth_used_credential');
    await post(one, { id_token: idp[provider].sign(claims) });
    const rows = await one.dataSource.query<{ digest: Buffer; expires_at: Date }[]>(
      'select digest, expires_at from social_auth_used_credential',
    );
    expect(rows.map(({ expires_at }) => expires_at.getTime())).toEqual([(Number(claims.exp) + 120) * 1000]);
    expect(rows.map(({ digest }) => digest.length)).toEqual([32]);
  });
});

describe('without the single use of ID tokens', () => {
  it('a token is accepted again, and nothing is kept of it', async () => {
    const server = await startTestApp();
    try {
      const { idToken: id_token } = await server.idp.google.issue('ada');
      for (let round = 0; round < 2; round += 1) {
        expect((await server.api('/auth/google', { json: { id_token } })).status).toBe(200);
      }
      expect(await server.dataSource.query('select 1 from social_auth_used_credential')).toEqual([]);
    } finally {
      await server.stop();
    }
  }, 60_000);
});

describe('V21 an ID token of an issuer that two providers share', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    const { issuer, clientId, jwksUri } = idp.auth0;
    const options = { idTokens: { singleUse: true }, providerSettings: { tenant: { issuer, clientId, jwksUri } } };
    host = await startHostApp({ adapter: 'fastify', database: database.url, idp, moreProviders: [tenant], options });
  }, 60_000);
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
    await idp?.stop();
  });

  it('is used at both once it is used at one', async () => {
    const { idToken } = await idp.auth0.issue('ada');
    const post = async (path: string): Promise<number> => {
      const headers = { 'content-type': 'application/json' };
      return (
        await fetch(`${host.url}${path}`, { method: 'POST', headers, body: JSON.stringify({ id_token: idToken }) })
      ).status;
    };
    expect([await post('/auth/tenant'), await post('/auth/auth0')]).toEqual([200, 401]);
  });
});

describeOnPostgres('V21 the single use of ID tokens in a real database', (server) => {
  it.each(BOTH)(
    '25 sign-ins at once with one token of %s on two replicas: one is let in, no 5xx',
    async (provider) => {
      const { url, drop } = await server().createDatabase();
      const database = { url: `${url}?pool_max=12`, stop: drop };
      const idp = await DemoIdentityProvider.start();
      const [left, right] = [key('left'), key('right')];
      const start = (TOKEN_HMAC_KEYS: string): Promise<TestApp> =>
        startTestApp({ idp, database, settings: { ID_TOKEN_SINGLE_USE: 'true', TOKEN_HMAC_KEYS } });
      // Opposite orders of the same keys: statements that took them as they come would block each other.
      const one = await start(`${left},${right}`);
      const other = await start(`${right},${left}`);
      try {
        for (let round = 0; round < 4; round += 1) {
          const { idToken: id_token } = await idp[provider].issue('ada', { claims: { jti: `round-${round}` } });
          const attempt = (at: number): Promise<ApiAnswer> =>
            (at % 2 === 0 ? one : other).api(`/auth/${provider}`, { json: { id_token } });
          const answers = await Promise.all(Array.from({ length: 25 }, (_, at) => persistently(() => attempt(at))));
          expect(answers.map(verdictOf).sort()).toEqual(['200', ...Array.from({ length: 24 }, () => REPLAYED)]);
        }
      } finally {
        await other.stop();
        await one.stop();
        await idp.stop();
        await drop();
      }
    },
    60_000,
  );
});
