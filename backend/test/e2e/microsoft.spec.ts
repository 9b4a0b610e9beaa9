import { randomUUID } from 'node:crypto';
import { loadSettings } from '../../src/app/settings/load-settings';
import type { ApiAnswer } from '../support/api-client';
import { MicrosoftTwin, TENANTS } from '../support/microsoft-twin';
import { verdictOf } from '../support/nonce-visitor';
import { startTestApp, type TestApp } from '../support/test-app';

const { contoso, fabrikam } = TENANTS;

describe('sign-in with Microsoft', () => {
  let twin: MicrosoftTwin;
  let server: TestApp;

  beforeAll(async () => {
    twin = await MicrosoftTwin.start();
    const settings = { ...twin.variables, ACCOUNT_LINKING: 'microsoft:link-verified,google:link-verified' };
    server = await startTestApp({ settings });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await twin?.stop();
  });

  const post = (id_token: string): Promise<ApiAnswer> => server.api('/auth/microsoft', { json: { id_token } });

  it('makes an account, and finds it again by tenant and object id', async () => {
    const person = randomUUID();
    const first = await post(twin.idToken(person));
    expect(first).toMatchObject({ status: 200, body: { is_new_account: true } });
    expect(first.body.account).toMatchObject({
      provider: 'microsoft',
      name: 'Ada Winter',
      email: 'ada@contoso.example',
      email_verified: false,
    });
    const elsewhere = twin.idToken(person, contoso, { sub: 'of another registration', email: 'new@contoso.example' });
    expect((await post(elsewhere)).body).toMatchObject({
      is_new_account: false,
      account: { id: first.body.account.id },
    });
    const me = await server.api('/accounts/me', { token: first.body.token });
    expect(me.body).toMatchObject({ provider: 'microsoft', email: 'new@contoso.example', email_verified: false });
  });

  it('M1 makes two accounts of one object id in two tenants', async () => {
    const person = randomUUID();
    const [one, other] = [await post(twin.idToken(person)), await post(twin.idToken(person, fabrikam))];
    expect(other.body.is_new_account).toBe(true);
    expect(other.body.account.id).not.toBe(one.body.account.id);
  });

  it('M2 M5 reaches no account by an address that an administrator wrote, even where verified ones link', async () => {
    const victim = await server.signIn('google', 'wanda');
    const forged = { email: victim.account.email, email_verified: true, xms_edov: true };
    const { status, body } = await post(twin.idToken(randomUUID(), fabrikam, forged));
    expect({ status, isNew: body.is_new_account }).toEqual({ status: 200, isNew: true });
    expect(body.account).toMatchObject({ email: victim.account.email, email_verified: false });
    expect(body.account.id).not.toBe(victim.account.id);
  });

  it('M5 does not keep the true owner of an address from it, nor lead them into the account', async () => {
    const { email = '' } = server.idp.google.person('ada');
    const squatter = await post(twin.idToken(randomUUID(), fabrikam, { email, email_verified: true }));
    const owner = await server.signIn('google', 'ada');
    expect(owner).toMatchObject({ is_new_account: true, account: { email, email_verified: true } });
    expect(owner.account.id).not.toBe(squatter.body.account.id);
  });

  it('V2 refuses a token of one tenant that the key of another has signed', async () => {
    const alone = await MicrosoftTwin.start();
    alone.keyIssuers = [alone.issuerOf(fabrikam)];
    const strict = await startTestApp({ settings: alone.variables });
    const verdict = async (tenantId: string): Promise<string> =>
      verdictOf(await strict.api('/auth/microsoft', { json: { id_token: alone.idToken(randomUUID(), tenantId) } }));
    expect([await verdict(contoso), await verdict(fabrikam)]).toEqual(['401 provider_token_invalid', '200']);
    await strict.stop();
    await alone.stop();
  });

  it('lets in people of listed tenants alone, and of verified domains nobody', async () => {
    const listed = await startTestApp({ settings: { ...twin.variables, MICROSOFT_ALLOWED_TENANTS: fabrikam } });
    const enter = async (at: TestApp, token: string): Promise<string> =>
      verdictOf(await at.api('/auth/microsoft', { json: { id_token: token } }));
    expect(await enter(listed, twin.idToken(randomUUID(), fabrikam))).toBe('200');
    expect(await enter(listed, twin.idToken(randomUUID()))).toBe('401 provider_token_wrong_issuer');
    await listed.stop();
    const domains = await startTestApp({ settings: { ...twin.variables, ALLOWED_EMAIL_DOMAINS: 'contoso.example' } });
    expect(await enter(domains, twin.idToken(randomUUID(), contoso, { email_verified: true }))).toBe(
      '403 sign_in_not_allowed',
    );
    await domains.stop();
  });

  it('stops the start where it is configured by half, by the names of its variables', () => {
    const half = { ...server.environment, MICROSOFT_CLIENT_ID: undefined, MICROSOFT_ALLOWED_TENANTS: 'contoso' };
    expect(() => loadSettings(half)).toThrow(/MICROSOFT_CLIENT_ID: expected one or several client ids/);
    expect(() => loadSettings(half)).toThrow(/MICROSOFT_ALLOWED_TENANTS: expected ids of tenants/);
    const production = { ...server.environment, NODE_ENV: 'production' };
    expect(() => loadSettings(production)).toThrow(/MICROSOFT_ISSUER: expected an https address that is not loopback/);
  });
});
