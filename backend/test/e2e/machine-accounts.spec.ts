import { randomUUID } from 'node:crypto';
import { Administrator } from '../support/administrator';
import type { ApiAnswer } from '../support/api-client';
import {
  accessTokenOf,
  machineTokenOf,
  newPerson,
  stateWith,
  TAKES_ACCESS_TOKENS,
  verdictOf,
  type AccessTokenClaims,
} from '../support/direct-bearer';
import { startTestApp, type TestApp } from '../support/test-app';

/** Client ids of machines that the server knows, and nobody at the demo tenant: each test has its own. */
const JOBS = Array.from({ length: 12 }, (_, index) => `job-${index}`);

let server: TestApp;
let admin: Administrator;

beforeAll(async () => {
  server = await startTestApp({
    settings: {
      ...TAKES_ACCESS_TOKENS,
      AUTH0_M2M_CLIENT_ID: `demoMachineClientOfTheAuth0Twin1,${JOBS.join(',')}`,
      ADMIN_IDENTITIES: 'google:104517803296471105821,auth0:job-3@clients',
    },
  });
  admin = await Administrator.of(server);
}, 60_000);
afterAll(() => server?.stop());

const claimsOf = (job: string, claims: AccessTokenClaims = {}): AccessTokenClaims => ({
  azp: job,
  sub: `${job}@clients`,
  ...claims,
});
const exchange = (token: string): Promise<ApiAnswer> => server.api('/auth/auth0', { json: { access_token: token } });

/** A token of ours, for a machine with these permissions. */
async function tokenOf(job: string, permissions?: string[]): Promise<string> {
  const { status, text, body } = await exchange(machineTokenOf(server, claimsOf(job, { permissions })));
  if (status !== 200) throw new Error(`The exchange was answered ${status}: ${text}`);
  return body.token;
}

describe('a machine', () => {
  it('that gets its token at the provider by itself reaches what that grants, by exchange and with it as it is', async () => {
    const { machine, tokenUri, audience } = server.idp.auth0;
    const answer = await fetch(tokenUri, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: machine?.clientId ?? '',
        client_secret: machine?.clientSecret ?? '',
        audience: audience ?? '',
        scope: 'notes:read',
      }),
    });
    const { access_token: direct } = (await answer.json()) as { access_token: string };
    const { body } = await exchange(direct);
    for (const token of [direct, body.token]) {
      expect(verdictOf(await server.api('/notes', { token }))).toBe('200');
      expect(verdictOf(await server.api('/notes', { token, json: { text: 'x' } }))).toBe('403 insufficient_scope');
      expect(verdictOf(await server.api('/auth/sessions', { token }))).toBe('403 insufficient_scope');
    }
  });

  it('has an account of its kind, without an address, whatever an Action adds', async () => {
    const token = machineTokenOf(server, {
      ...claimsOf('job-0', { scope: 'account:read' }),
      'https://example.com/email': 'ada.winter@example.com',
      'https://example.com/email_verified': true,
    });
    const { body: made } = await exchange(token);
    expect(made).toMatchObject({ is_new_account: true, account: { email: null, email_verified: false, name: null } });
    for (const presented of [token, made.token]) {
      const me = await server.api('/accounts/me', { token: presented });
      expect(me.body).toMatchObject({ id: made.account.id, kind: 'machine', email: null, roles: [] });
    }
  });

  it('is made by a bearer token alike', async () => {
    const token = machineTokenOf(server, claimsOf('job-1', { permissions: ['account:read'] }));
    const me = await server.api('/accounts/me', { token });
    expect(me.body).toMatchObject({ kind: 'machine' });
    expect((await exchange(token)).body).toMatchObject({ is_new_account: false, account: { id: me.body.id } });
  });

  it('reaches nothing with a token that grants nothing', async () => {
    const token = await tokenOf('job-2');
    for (const path of ['/notes', '/accounts/me', '/auth/sessions', '/accounts/me/export', '/admin/accounts']) {
      expect(verdictOf(await server.api(path, { token }))).toBe('403 insufficient_scope');
    }
  });

  it('never is an administrator, neither by the settings nor by another one', async () => {
    const { body } = await exchange(machineTokenOf(server, claimsOf('job-3', { permissions: ['account:read'] })));
    const { id } = body.account;
    expect((await admin.account(id)).roles).toEqual([]);
    const refused = await admin.ask('PUT', `/accounts/${id}/roles`, { roles: ['admin'] });
    expect(verdictOf(refused)).toBe('400 invalid_request');
    await admin.change('PUT', `/accounts/${id}/roles`, { roles: ['importer'] });
    expect((await admin.account(id)).roles).toEqual(['importer']);
  });

  it('neither links nor is linked', async () => {
    const ours = await tokenOf('job-4', ['account:read', 'notes:read']);
    const { idToken } = await server.idp.google.issue('ben');
    const linking = await server.api('/auth/link/google', { token: ours, json: { id_token: idToken } });
    expect(verdictOf(linking)).toBe('403 insufficient_scope');
    const person = await server.signIn('google', 'ada');
    const machineToken = machineTokenOf(server, claimsOf('job-5'));
    const linked = await server.api('/auth/link/auth0', { token: person.token, json: { access_token: machineToken } });
    expect(verdictOf(linked)).toBe('403 email_not_verified');
  });

  it('is found by administrators, who see what it is, and is ended like a person', async () => {
    const token = await tokenOf('job-6', ['account:read']);
    const direct = machineTokenOf(server, claimsOf('job-6', { permissions: ['account:read'], iat: 1e9 }));
    const { accounts } = await admin.read<{ id: string; kind: string; provider: string }>('/accounts?kind=machine');
    expect(new Set(accounts.map(({ kind }) => kind))).toEqual(new Set(['machine']));
    const people = await admin.read<{ kind: string }>('/accounts?kind=person');
    expect(new Set(people.accounts.map(({ kind }) => kind))).toEqual(new Set(['person']));
    expect(verdictOf(await admin.ask('GET', '/accounts?kind=robot'))).toBe('400 invalid_request');
    expect(await stateWith(server, direct)).toMatch(/^401 /);
    const { id } = (await server.api('/accounts/me', { token })).body;
    const good = machineTokenOf(server, claimsOf('job-6', { permissions: ['account:read'] }));
    expect(await stateWith(server, good)).toBe('200');
    await admin.change('POST', `/accounts/${id}/disable`);
    expect([await stateWith(server, token), await stateWith(server, good)]).toEqual([
      '401 invalid_token',
      '403 account_disabled',
    ]);
    expect(verdictOf(await exchange(good))).toBe('403 account_disabled');
  });

  it('of before machines were told apart becomes one, and its tokens of then end', async () => {
    const before = await tokenOf('job-7', ['account:read']);
    const { id } = (await server.api('/accounts/me', { token: before })).body;
    const asBefore = `update social_auth_account set kind = 'person', not_before = null where id = $1`;
    await server.dataSource.query(asBefore, [id]);
    await server.dataSource.query('update social_auth_token set scopes = null where account_id = $1', [id]);
    const token = machineTokenOf(server, claimsOf('job-7', { permissions: ['account:read'], iat: later() }));
    expect((await server.api('/accounts/me', { token })).body).toMatchObject({ id, kind: 'machine' });
    expect(await stateWith(server, before)).toBe('401 invalid_token');
  });

  it('G7 that is not listed is refused, and so is one with the client of people, everywhere alike', async () => {
    const strangers: AccessTokenClaims[] = [
      claimsOf(`eve-${randomUUID()}`),
      claimsOf(server.idp.auth0.clientId),
      claimsOf(server.idp.auth0.foreignClientId),
    ];
    for (const claims of strangers) {
      const token = machineTokenOf(server, claims);
      expect(verdictOf(await exchange(token))).toBe('401 provider_token_wrong_audience');
      expect(await stateWith(server, token)).toBe('401 provider_token_wrong_audience');
    }
  });

  it('G7 is nobody whose token came from the client of a machine in another way', async () => {
    const person = await accessTokenOf(server, { ...newPerson(), azp: 'job-8' });
    expect(verdictOf(await exchange(person))).toBe('401 provider_token_wrong_audience');
    const named = await accessTokenOf(server, { ...newPerson(), sub: 'job-8@clients' });
    expect(verdictOf(await exchange(named))).toBe('401 provider_token_invalid');
  });

  it('G7 has no ID token', async () => {
    const { idToken } = await server.idp.auth0.issue('ada', { claims: { sub: 'job-9@clients' } });
    expect(verdictOf(await server.api('/auth/auth0', { json: { id_token: idToken } }))).toBe(
      '401 provider_token_invalid',
    );
  });
});

/** After whatever ended all tokens a moment ago. */
function later(): number {
  return Math.floor(Date.now() / 1_000) + 2;
}
