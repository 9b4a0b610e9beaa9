import { randomUUID } from 'node:crypto';
import { loadSettings } from '../../src/app/settings/load-settings';
import type { ApiAnswer } from '../support/api-client';
import { AppleTwin } from '../support/apple-twin';
import { sha256, verdictOf, WRONG_NONCE } from '../support/nonce-visitor';
import { startTestApp, type TestApp } from '../support/test-app';

const ADA = { name: { firstName: 'Ada', lastName: 'Winter' } };

describe('sign-in with Apple', () => {
  let twin: AppleTwin;
  let server: TestApp;

  beforeAll(async () => {
    twin = await AppleTwin.start();
    server = await startTestApp({ settings: twin.variables });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await twin?.stop();
  });

  const subject = (): string => `001234.${randomUUID().replaceAll('-', '')}.1321`;
  const post = (id_token: string, more: object = {}): Promise<ApiAnswer> =>
    server.api('/auth/apple', { json: { id_token, ...more } });

  it('makes an account with a private address, and finds it again', async () => {
    const person = subject();
    const first = await post(twin.idToken(person));
    const email = `${person.replace(/\W/g, '')}@privaterelay.appleid.com`;
    expect(first).toMatchObject({ status: 200, body: { is_new_account: true } });
    expect(first.body.account).toMatchObject({ provider: 'apple', email, email_verified: true, name: null });
    const again = await post(twin.idToken(person));
    expect(again.body).toMatchObject({ is_new_account: false, account: { id: first.body.account.id } });
    const me = await server.api('/accounts/me', { token: again.body.token });
    expect(me.body).toMatchObject({ email, provider: 'apple' });
  });

  describe('M10 the name that the client has of Apple', () => {
    it('names the account that this sign-in makes, and no account that is there', async () => {
      const person = subject();
      const first = await post(twin.idToken(person), { user: ADA });
      expect(first.body.account.name).toBe('Ada Winter');
      const later = { user: { name: { firstName: 'Eve' } } };
      expect((await post(twin.idToken(person), later)).body.account).toMatchObject(first.body.account);
      const unnamed = subject();
      await post(twin.idToken(unnamed));
      expect((await post(twin.idToken(unnamed), { user: ADA })).body.account.name).toBeNull();
    });

    it('is text, bounded, and no address is read beside it', async () => {
      const person = subject();
      const user = { name: { firstName: `<script>\u0000${'x'.repeat(400)}` }, email: 'victim@example.com' };
      const { account } = (await post(twin.idToken(person), { user })).body;
      expect(account.name).toMatch(/^<script> x{191}$/);
      expect(account.email).toBe(`${person.replace(/\W/g, '')}@privaterelay.appleid.com`);
      const bare = await post(twin.idToken(subject(), { email: undefined, email_verified: undefined }), { user });
      expect(bare.body.account).toMatchObject({ email: null, email_verified: false });
    });

    it('does not touch who the person is, whatever stands beside it', async () => {
      const person = subject();
      const known = await post(twin.idToken(person), { user: ADA });
      const other = await post(twin.idToken(subject()), { user: { ...ADA, email: known.body.account.email } });
      expect(other.body.is_new_account).toBe(true);
      for (const user of [
        { ...ADA, sub: person },
        { ...ADA, id: known.body.account.id },
        { name: { ...ADA.name, roles: ['admin'] } },
        'Ada',
      ]) {
        expect(verdictOf(await post(twin.idToken(subject()), { user }))).toBe('400 invalid_request');
      }
      expect(verdictOf(await post(twin.idToken(person), { user: ADA, email: 'e@example.com' }))).toBe(
        '400 invalid_request',
      );
    });

    it('is refused at other providers, and where an identity is linked', async () => {
      const { token } = await server.signIn('google', 'ada');
      const linked = { id_token: twin.idToken(subject()), user: ADA };
      expect(verdictOf(await server.api('/auth/link/apple', { token, json: linked }))).toBe('400 invalid_request');
      const { idToken } = await server.idp.google.issue('ada');
      expect(verdictOf(await server.api('/auth/google', { json: { id_token: idToken, user: ADA } }))).toBe(
        '400 invalid_request',
      );
    });

    it('L1 stands in no line of the log', async () => {
      server.logs.clear();
      await post(twin.idToken(subject()), { user: { name: { firstName: 'Wilhelmine' } } });
      expect(server.logs.text).toContain('"provider":"apple"');
      expect(server.logs.text).not.toContain('Wilhelmine');
    });
  });

  describe('the address', () => {
    it('M2 M3 is compared with nothing where Apple says "false"', async () => {
      const { account } = await server.signIn('google', 'wanda');
      const unproven = { email: account.email, email_verified: 'false', is_private_email: 'false' };
      const answer = await post(twin.idToken(subject(), unproven));
      expect(answer).toMatchObject({ status: 200, body: { is_new_account: true } });
      expect(answer.body.account).toMatchObject({ email: account.email, email_verified: false });
    });

    it('M2 refuses a second account where Apple says "true"', async () => {
      const { account } = await server.signIn('google', 'wanda');
      const proven = { email: account.email, email_verified: 'true', is_private_email: 'false' };
      expect(verdictOf(await post(twin.idToken(subject(), proven)))).toBe('409 email_in_use');
    });
  });

  describe('the nonce of an app', () => {
    const challenge = async (): Promise<string> =>
      (await server.api('/auth/challenge', { method: 'POST' }).then(({ body }) => body as unknown as { nonce: string }))
        .nonce;
    const ofApp = (nonce: string | undefined): string => twin.idToken(subject(), { aud: twin.bundleId, nonce });

    it('is known by its SHA-256, counts once, and the session is one of iOS', async () => {
      const token = ofApp(sha256(await challenge(), 'hex'));
      const first = await post(token, { user: ADA });
      expect(verdictOf(first)).toBe('200');
      expect(verdictOf(await post(token, { user: ADA }))).toBe(WRONG_NONCE);
      const { text } = await server.api('/auth/sessions', { token: first.body.token });
      expect(text).toContain('"platform":"ios"');
    });

    it('is refused where it is none of ours, and where there is none', async () => {
      expect(verdictOf(await post(ofApp(sha256('made up', 'hex'))))).toBe(WRONG_NONCE);
      expect(verdictOf(await post(ofApp(undefined)))).toBe(WRONG_NONCE);
    });

    it('M10 is no way past it to say that none is required', async () => {
      expect(verdictOf(await post(ofApp(undefined), { nonce_required: false }))).toBe(WRONG_NONCE);
    });
  });

  it('V11 refuses the tokens of other providers, and they refuse its', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    expect(verdictOf(await post(idToken))).toBe('401 provider_token_wrong_issuer');
    const token = twin.idToken(subject());
    expect(verdictOf(await server.api('/auth/google', { json: { id_token: token } }))).toBe(
      '401 provider_token_wrong_issuer',
    );
  });

  it('stops the start where it is configured by half, by the names of its variables', () => {
    const environment = { ...server.environment, APPLE_CLIENT_ID: undefined };
    expect(() => loadSettings(environment)).toThrow(/APPLE_CLIENT_ID: expected one or several client ids/);
  });

  it('stops the start in production where its issuer is on this machine', () => {
    const environment = { ...server.environment, NODE_ENV: 'production' };
    expect(() => loadSettings(environment)).toThrow(/APPLE_ISSUER: expected an https address that is not loopback/);
    expect(() => loadSettings(environment)).toThrow(/APPLE_JWKS_URI: expected/);
  });

  it('has no route where it is not configured', async () => {
    const bare = await startTestApp();
    expect((await bare.api('/auth/apple', { json: { id_token: 'x' } })).status).toBe(404);
    await bare.stop();
  });
});
