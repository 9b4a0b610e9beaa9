import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { loadSettings } from '../../src/app/settings/load-settings';
import { builtInProviders } from '../../src/social-auth';
import { startHostApp, type HostApp } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { tenant } from './third-provider/tenant.provider';

describe('a third provider: one folder and one line', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;

  const signIn = async (path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${host.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    host = await startHostApp({
      adapter: 'fastify',
      database: database.url,
      idp,
      moreProviders: [tenant],
      options: {
        providerSettings: {
          tenant: { issuer: idp.auth0.issuer, clientId: idp.auth0.clientId, jwksUri: idp.auth0.jwksUri },
        },
      },
    });
  }, 60_000);
  afterAll(async () => {
    await host.stop();
    await database.stop();
    await idp.stop();
  });

  it('has a route of its own that signs people in', async () => {
    const { idToken } = await idp.auth0.issue('ada');
    const { status, body } = await signIn('/auth/tenant', { id_token: idToken });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', account: { provider: 'tenant', name: 'Ada Winter' } });
    const me = await fetch(`${host.url}/accounts/me`, { headers: { authorization: `Bearer ${String(body.token)}` } });
    expect(me.status).toBe(200);
  });

  it('makes the same account of the same (issuer, subject) as another definition of that issuer', async () => {
    const { idToken } = await idp.auth0.issue('ada');
    const first = await signIn('/auth/tenant', { id_token: idToken });
    const second = await signIn('/auth/auth0', { id_token: idToken });
    expect(second.body).toMatchObject({ is_new_account: false, account: (first.body as { account: object }).account });
  });

  it('refuses what the shared checks refuse', async () => {
    const { idToken } = await idp.auth0.issue('ada', { claims: { aud: 'somebody-else' } });
    const { status, body } = await signIn('/auth/tenant', { id_token: idToken });
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'provider_token_wrong_audience' });
  });

  it('is found in the environment by the reference server, which knows nothing of it', () => {
    const environment = {
      DATABASE_URL: 'postgres://localhost/unused',
      TOKEN_HMAC_KEYS: `test:${randomBytes(32).toString('base64')}`,
      TENANT_ISSUER: 'https://tenant.example.com',
    };
    const { providers } = loadSettings(environment, [...builtInProviders, tenant]);
    expect(providers.definitions).toEqual([tenant]);
    expect(providers.settings.tenant).toMatchObject({ issuer: 'https://tenant.example.com' });
  });

  it('is all that a built-in provider is: a folder and its line', () => {
    const providers = join(__dirname, '../../src/social-auth/providers');
    const lines = readFileSync(join(providers, 'built-in.ts'), 'utf8').match(/^export .*$/gm) ?? [];
    const folders = readdirSync(providers, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(lines).toEqual(
      expect.arrayContaining(folders.map(({ name }) => `export { ${name} } from './${name}/${name}.provider';`)),
    );
    expect(lines).toHaveLength(folders.length);
  });
});
