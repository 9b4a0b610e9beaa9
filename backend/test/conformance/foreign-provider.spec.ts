import { generateKeyPairSync, sign } from 'node:crypto';
import { DemoIdentityProvider, type DemoIssuer } from '../../dev/demo-identity-provider';
import { Clock } from '../../src/social-auth';
import type { ApiAnswer } from '../support/api-client';
import { signInByCode } from '../support/code-flow';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

const BOTH: IssuerName[] = ['google', 'auth0'];
const TEN_MINUTES = 600;

let idp: DemoIdentityProvider;
let server: TestApp;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
  server = await startTestApp({ idp });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await idp?.stop();
});

/** Moves the steady clock of the server on. */
function letPass(seconds: number): void {
  const clock = server.app.get(Clock);
  const before = clock.monotonic.bind(clock);
  clock.monotonic = () => before() + seconds * 1_000;
}

/** V22: the issuers are panva's oidc-provider, written by nobody here; their tokens come by the code flow. */
describe.each(BOTH)('the tokens of a foreign OpenID provider in the shape of %s', (name) => {
  let issuer: DemoIssuer;
  beforeAll(() => {
    issuer = idp[name];
  });

  const post = (field: string, token: string): Promise<ApiAnswer> =>
    server.api(`/auth/${name}`, { json: { [field]: token } });
  const verdict = async (field: string, token: string): Promise<string> => {
    const { status, body } = await post(field, token);
    return status === 200 ? 'accepted' : `${status} ${body.code}`;
  };

  it('V22 verify: the ID token of a sign-in by code, PKCE and nonce', async () => {
    const { id_token } = await signInByCode(issuer, 'ada');
    const { status, body } = await post('id_token', id_token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: { name: 'Ada Winter', email_verified: true, provider: name } });
  });

  it('V22 lead to the same account at the next sign-in, with a new token', async () => {
    const first = await post('id_token', (await signInByCode(issuer, 'wanda')).id_token);
    const second = await post('id_token', (await signInByCode(issuer, 'wanda')).id_token);
    expect(second.body).toMatchObject({ is_new_account: false, account: { id: first.body.account.id } });
    expect(second.body.token).not.toBe(first.body.token);
  });

  it('V22 are refused when the access token stands in the ID token’s field', async () => {
    const { access_token } = await signInByCode(issuer, 'ada');
    expect(await verdict('id_token', access_token)).toBe('401 provider_token_wrong_kind');
  });

  it('V22 are refused when they are signed by ES256, though the issuer publishes that key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { kid } = issuer.signingKey;
    const published = { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' };
    issuer.fault('jwks', (_request, response) => {
      response.end(
        JSON.stringify({ keys: [{ ...published, kid }, { ...published, kid: 'ec' }, ...issuer.publishedKeys] }),
      );
    });
    letPass(TEN_MINUTES);
    const [, payload = ''] = (await signInByCode(issuer, 'ada')).id_token.split('.');
    for (const id of [kid, 'ec']) {
      const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'JWT', kid: id })).toString('base64url');
      const signature = sign('sha256', Buffer.from(`${header}.${payload}`), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      const token = `${header}.${payload}.${signature.toString('base64url')}`;
      expect(await verdict('id_token', token)).toBe('401 provider_token_invalid');
    }
    expect(await verdict('id_token', (await signInByCode(issuer, 'ada')).id_token)).toBe('accepted');
    issuer.fault('jwks', undefined);
  });

  it('V18 verify after a rotation, the former key beside the new one', async () => {
    const before = (await signInByCode(issuer, 'ada')).id_token;
    await issuer.rotate();
    const after = (await signInByCode(issuer, 'ada')).id_token;
    letPass(30);
    expect(await verdict('id_token', after)).toBe('accepted');
    expect(await verdict('id_token', before)).toBe('accepted');
  });

  it('V18 V22 are refused ten minutes after their key was retired', async () => {
    const { id_token } = await signInByCode(issuer, 'ada');
    expect(await verdict('id_token', id_token)).toBe('accepted');
    const retired = issuer.signingKey.kid;
    await issuer.rotate();
    issuer.retire(retired);
    letPass(TEN_MINUTES);
    expect(await verdict('id_token', id_token)).toBe('401 provider_token_invalid');
    expect(await verdict('id_token', (await signInByCode(issuer, 'ada')).id_token)).toBe('accepted');
  });
});

describe('what only one of the two shapes has', () => {
  it('V22 Google’s opaque access token of a sign-in verifies by tokeninfo and userinfo', async () => {
    const { access_token } = await signInByCode(idp.google, 'ada');
    const { status, body } = await server.api('/auth/google', { json: { access_token } });
    expect({ status, name: body.account.name }).toEqual({ status: 200, name: 'Ada Winter' });
  });

  it('V22 Auth0’s access token of a sign-in verifies when the API was asked for, and is explained when not', async () => {
    const { audience = '' } = idp.auth0;
    const asked = await signInByCode(idp.auth0, 'ada', { audience, scope: 'openid email profile notes:read' });
    expect((await server.api('/auth/auth0', { json: { access_token: asked.access_token } })).status).toBe(200);
    const opaque = await signInByCode(idp.auth0, 'ada');
    const { status, body } = await server.api('/auth/auth0', { json: { access_token: opaque.access_token } });
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'auth0_audience_missing' });
    expect(body.detail).toContain('audience');
  });

  it('V20 the two providers differ in two verdicts: an audience in a list of one, and a missing key id', async () => {
    const verdictOf = async (name: IssuerName, claims: object, header: object): Promise<number> => {
      const issuer = idp[name];
      const { idToken } = await issuer.issue('ada');
      const genuine = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as object;
      const id_token = issuer.sign({ ...genuine, ...claims }, header);
      return (await server.api(`/auth/${name}`, { json: { id_token } })).status;
    };
    for (const name of BOTH) {
      const { publishedKeys, signingKey } = idp[name];
      // A token without a key id needs a set of exactly one key.
      for (const { kid } of publishedKeys) if (kid !== signingKey.kid) idp[name].retire(kid);
    }
    letPass(TEN_MINUTES);
    for (const name of BOTH) {
      const { clientId } = idp[name];
      const expected = name === 'auth0' ? 200 : 401;
      expect({ name, status: await verdictOf(name, { aud: [clientId] }, {}) }).toEqual({ name, status: expected });
      expect({ name, status: await verdictOf(name, {}, { kid: undefined }) }).toEqual({ name, status: expected });
      expect({ name, status: await verdictOf(name, { aud: clientId }, {}) }).toEqual({ name, status: 200 });
    }
  });
});
