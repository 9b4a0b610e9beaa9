import { DemoIdentityProvider, type DemoIssuer } from '../../dev/demo-identity-provider';
import { oidc } from '../../src/social-auth';
import type { Environment } from '../../src/app/settings/environment';
import { loadSettings } from '../../src/app/settings/load-settings';
import { SettingsError } from '../../src/app/settings/settings.error';
import { startHostApp, type HostApp } from '../support/host-app';
import { startTestApp, type TestApp } from '../support/test-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let idp: DemoIdentityProvider;
let tenant: DemoIssuer;
let environment: Environment;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
  tenant = idp.auth0;
  environment = {
    AUTH0_DOMAIN: undefined,
    AUTH0_CLIENT_ID: undefined,
    AUTH0_AUDIENCE: undefined,
    AUTH0_ISSUER: undefined,
    AUTH0_JWKS_URI: undefined,
    AUTH0_CLAIMS_NAMESPACE: undefined,
    OIDC_PROVIDERS: 'tenant,entra-hr,elsewhere',
    OIDC_TENANT_ISSUER: tenant.issuer,
    OIDC_TENANT_CLIENT_ID: `${tenant.clientId},${tenant.mobileClientId};platform=ios`,
    OIDC_TENANT_AUDIENCE: tenant.audience,
    // The same issuer and client, and other claims.
    OIDC_ENTRA_HR_ISSUER: tenant.issuer,
    OIDC_ENTRA_HR_CLIENT_ID: tenant.clientId,
    OIDC_ENTRA_HR_TITLE: 'Human Resources',
    OIDC_ENTRA_HR_CLAIMS: 'email=upn,name=displayName',
    OIDC_ENTRA_HR_EMAIL_VERIFIED: 'true',
    OIDC_ELSEWHERE_ISSUER: idp.google.issuer,
    OIDC_ELSEWHERE_CLIENT_ID: idp.google.clientId,
    OIDC_ELSEWHERE_JWKS_URI: idp.google.jwksUri,
  };
}, 60_000);
afterAll(() => idp?.stop());

describe('instances of OpenID Connect at the reference server', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({ idp, settings: { ...environment, EXPLAIN_REFUSALS: 'true', DOCS: 'true' } });
  }, 60_000);
  afterAll(() => server?.stop());

  const post = (instance: string, json: object) => server.api(`/auth/oidc/${instance}`, { json });
  const idTokenOf = async (person: string, claims?: object): Promise<string> =>
    (await tenant.issue(person, { claims })).idToken;

  it('ask no issuer for anything before there is a token, and report their keys all the same', async () => {
    const { body } = await server.api('/health/ready');
    expect(body.providers.map(({ name, status }) => [name, status])).toEqual([
      ['google', 'unknown'],
      ['oidc-tenant', 'unknown'],
      ['oidc-entra-hr', 'unknown'],
      ['oidc-elsewhere', 'unknown'],
    ]);
    expect([tenant.hits('discovery'), tenant.hits('jwks')]).toEqual([0, 0]);
  });

  it('sign a person in, who then calls the guarded API', async () => {
    const { status, body } = await post('tenant', { id_token: await idTokenOf('ada') });
    expect(status).toBe(200);
    expect(body.account).toMatchObject({
      provider: 'oidc-tenant',
      name: 'Ada Winter',
      email: tenant.person('ada').email,
      email_verified: true,
    });
    expect((await server.api('/accounts/me', { token: body.token })).status).toBe(200);
    expect([tenant.hits('discovery'), tenant.hits('jwks')]).toEqual([1, 1]);
  });

  it('take access tokens for the API that are JWTs', async () => {
    const { accessToken } = await tenant.issue('ada', { audience: tenant.audience });
    const { status, body } = await post('tenant', { access_token: accessToken });
    expect({ status, isNew: body.is_new_account }).toEqual({ status: 200, isNew: false });
    const refused = await post('entra-hr', { access_token: accessToken });
    expect([refused.status, refused.body.code]).toEqual([401, 'provider_token_wrong_audience']);
  });

  it('M1 make one account of one person at one issuer, whichever instance they came through', async () => {
    const first = await post('tenant', { id_token: await idTokenOf('wanda') });
    const second = await post('entra-hr', { id_token: await idTokenOf('wanda') });
    expect([first.body.is_new_account, second.body.is_new_account]).toEqual([true, false]);
    expect(second.body.account.id).toBe(first.body.account.id);
  });

  it('read the claims that each of them is told to', async () => {
    const claims = {
      sub: 'auth0|mapped',
      upn: 'mapped@corp.example',
      displayName: 'Mapped Name',
      email_verified: undefined,
    };
    const { body } = await post('entra-hr', { id_token: await idTokenOf('ada', claims) });
    expect(body.account).toMatchObject({ email: 'mapped@corp.example', email_verified: true, name: 'Mapped Name' });
  });

  it('M2 M5 do not hand the account of a verified address to who claims it without proof', async () => {
    const victim = 'victim@corp.example';
    const claims = { email: victim, email_verified: true };
    const { idToken } = await idp.google.issue('ada', { claims: { ...claims, sub: '900001' } });
    const genuine = await server.api('/auth/google', { json: { id_token: idToken } });
    expect(genuine.status).toBe(200);
    const unproven = { sub: 'auth0|attacker', email: victim, email_verified: 'true' };
    const attacker = await post('tenant', { id_token: await idTokenOf('ben', unproven) });
    expect(attacker.body.account).toMatchObject({ email: victim, email_verified: false });
    expect(attacker.body.account.id).not.toBe(genuine.body.account.id);
    const proven = { sub: 'auth0|colleague', email: victim, email_verified: true };
    const conflict = await post('tenant', { id_token: await idTokenOf('ben', proven) });
    expect([conflict.status, conflict.body.code]).toEqual([409, 'email_in_use']);
  });

  it('V11 refuse each other’s tokens, and say where to post them', async () => {
    const { status, body } = await post('elsewhere', { id_token: await idTokenOf('ada') });
    expect([status, body.code]).toEqual([401, 'provider_token_wrong_issuer']);
    expect(body.detail).toContain('That is an issuer of Tenant: post the token to /auth/oidc/tenant.');
  });

  it('M12 let no request choose its issuer', async () => {
    const id_token = await idTokenOf('ada');
    for (const more of [{ issuer: tenant.issuer }, { jwks_uri: tenant.jwksUri }, { instance: 'tenant' }]) {
      expect((await post('elsewhere', { id_token, ...more })).status).toBe(400);
    }
    for (const path of ['nobody', 'TENANT', 'tenant/', 'tenant%2f..', '']) {
      const answer = await post(path, { id_token });
      expect({ path, in: answer.status === 200 }).toEqual({ path, in: false });
    }
  });

  it('show on what a client runs', async () => {
    const { idToken } = await tenant.issue('ada', { clientId: tenant.mobileClientId });
    const { body } = await post('tenant', { id_token: idToken });
    const { text } = await server.api('/auth/sessions', { token: body.token });
    expect(text).toContain('"platform":"ios"');
  });

  it('link an identity to an account by their name', async () => {
    const { body } = await post('tenant', { id_token: await idTokenOf('ada') });
    const { idToken } = await idp.google.issue('ada', { claims: { auth_time: Math.floor(Date.now() / 1_000) } });
    const path = '/auth/link/oidc-elsewhere';
    const { status, text } = await server.api(path, { json: { id_token: idToken }, token: body.token });
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    expect(text).toContain('"provider":"oidc-elsewhere"');
  });

  it('are each described in the documentation of the API', async () => {
    const { paths } = JSON.parse((await server.api('/docs-json')).text) as {
      paths: Record<string, { post?: { summary: string; operationId: string } }>;
    };
    const routes = ['tenant', 'entra-hr', 'elsewhere'].map((name) => paths[`/auth/oidc/${name}`]?.post);
    expect(routes.map((route) => route?.summary)).toEqual(
      ['Tenant', 'Human Resources', 'Elsewhere'].map((title) => `Exchange a token of ${title} for a token of this API`),
    );
    expect(new Set(routes.map((route) => route?.operationId)).size).toBe(3);
  });
});

describe('an issuer whose discovery document is not its own', () => {
  it('is an outage, never a bad token, until it is mended', async () => {
    const server = await startTestApp({ idp, settings: environment });
    try {
      const { idToken } = await tenant.issue('ada');
      const post = () => server.api('/auth/oidc/tenant', { json: { id_token: idToken } });
      tenant.fault('discovery', (_request, response) =>
        response.end(JSON.stringify({ issuer: 'https://other.example/', jwks_uri: tenant.jwksUri })),
      );
      const { status, headers, body } = await post();
      expect([status, body.code]).toEqual([503, 'provider_unavailable']);
      expect(headers.get('retry-after')).not.toBeNull();
      expect(server.logs.events('provider_keys_unavailable')).toEqual([
        expect.objectContaining({ issuer: tenant.issuer, reason: 'the discovery document is that of another issuer' }),
      ]);
      tenant.resetFaults();
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      expect((await post()).status).toBe(200);
    } finally {
      tenant.resetFaults();
      await server.stop();
    }
  });
});

describe('the settings of instances', () => {
  const faultsOf = (changes: Environment): readonly string[] => {
    const usual = { DATABASE_URL: 'postgres://db.example/app', TOKEN_HMAC_KEYS: `a:${'b3Blbi1zZXNhbWU'.repeat(4)}` };
    try {
      loadSettings({ ...usual, ...changes });
    } catch (error) {
      if (error instanceof SettingsError) return error.faults;
      throw error;
    }
    return [];
  };
  const okta = { OIDC_PROVIDERS: ' okta ', OIDC_OKTA_ISSUER: ' https://example.okta.com ', OIDC_OKTA_CLIENT_ID: 'web' };

  it('stop the boot where they are half there, by the names of the variables', () => {
    expect(faultsOf(okta)).toEqual([]);
    expect(faultsOf({ ...okta, OIDC_OKTA_ISSUER: '' })).toEqual([
      'OIDC_OKTA_ISSUER: expected the address of an issuer',
    ]);
    expect(faultsOf({ OIDC_PROVIDERS: 'a,b', GOOGLE_CLIENT_ID: 'web' }).map((fault) => fault.split(':')[0])).toEqual([
      'OIDC_A_CLIENT_ID',
      'OIDC_A_ISSUER',
      'OIDC_B_CLIENT_ID',
      'OIDC_B_ISSUER',
    ]);
    expect(faultsOf({ ...okta, OIDC_PROVIDERS: '' })).toHaveLength(2);
  });

  it('are asked for where nothing is configured at all', () => {
    expect(faultsOf({})).toEqual([expect.stringContaining('OpenID Connect (OIDC_PROVIDERS, …)')]);
  });
});

describe('instances in an application of one’s own', () => {
  let database: TestDatabase;
  let host: HostApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    host = await startHostApp({
      adapter: 'express',
      database: database.url,
      idp,
      moreProviders: [oidc.instance('one'), oidc.instance('two', 'The Second')],
      options: {
        providerSettings: {
          'oidc-one': { issuers: [tenant.issuer], clientIds: [tenant.clientId] },
          'oidc-two': { issuers: [idp.google.issuer], clientIds: [idp.google.clientId] },
        },
      },
    });
  }, 60_000);
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
  });

  it('are two providers beside the others', async () => {
    const statusAt = async (instance: string, issuer: DemoIssuer): Promise<number> => {
      const { idToken } = await issuer.issue('sam');
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ id_token: idToken });
      return (await fetch(`${host.url}/auth/oidc/${instance}`, { method: 'POST', headers, body })).status;
    };
    expect(await statusAt('one', tenant)).toBe(200);
    expect(await statusAt('one', idp.google)).toBe(401);
    // Sam has one address at both.
    expect(await statusAt('two', idp.google)).toBe(409);
  });
});
