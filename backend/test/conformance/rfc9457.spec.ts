import { errorCatalogue, type ErrorCode } from '../../src/social-auth';
import { sendRequest } from '../hostile/send-request';
import type { ApiAnswer } from '../support/api-client';
import { FRONTEND_SECRET } from '../support/test-environment';
import { startTestApp, type TestApp } from '../support/test-app';

/** RFC 9457, Problem Details for HTTP APIs; each test is named by its section. */
describe('RFC 9457', () => {
  let server: TestApp;
  let problems: [ErrorCode, ApiAnswer][];

  beforeAll(async () => {
    server = await startTestApp({ settings: { RATE_LIMIT_SIGN_IN: '30' } });
    problems = await provoke(server);
  }, 60_000);
  afterAll(() => server?.stop());

  it('3 is what an error of every kind is answered with', () => {
    for (const [code, { status, headers, body }] of problems) {
      expect({ code, answered: body.code, status }).toEqual({
        code,
        answered: code,
        status: errorCatalogue[code].status,
      });
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json(; charset=utf-8)?$/);
    }
  });

  it('3.1.1 has a type that is an absolute URI, stable for each kind of problem', () => {
    for (const [code, { body }] of problems) {
      expect(URL.canParse(body.type)).toBe(true);
      expect(body.type).toBe(`urn:nest-token-exchange:error:${code}`);
    }
  });

  it('3.1.2 has a status that is a number and that of the answer', () => {
    for (const [, { status, body }] of problems) expect(body.status).toBe(status);
  });

  it('3.1.3 has a title that does not change from one occurrence to the next', async () => {
    const again = new Map(await provoke(server));
    for (const [code, { body }] of problems) {
      expect(body.title).toBe(errorCatalogue[code].title);
      expect(again.get(code)?.body.title ?? body.title).toBe(body.title);
    }
  });

  it('3.1.4 has a detail that helps to correct the problem rather than to debug the server', () => {
    for (const [code, { body }] of problems) {
      expect({ code, detail: body.detail }).toEqual({
        code,
        detail: expect.stringMatching(/^[A-Z].{20,}\.$/) as string,
      });
      expect(body.detail).not.toMatch(/Error|Exception|at \w+ \(|node_modules|select |social_auth_|\/src\//);
    }
  });

  it('3.2 has the code as an extension member, and few others, whose names follow the rules', () => {
    const further: Partial<Record<ErrorCode, string[]>> = { email_in_use: ['link_ticket', 'link_ticket_expires_in'] };
    for (const [code, { body }] of problems) {
      const extensions = Object.keys(body).filter((name) => !['type', 'title', 'status', 'detail'].includes(name));
      expect([code, extensions]).toEqual([code, ['code', ...(further[code] ?? [])]]);
      for (const name of extensions) expect(name).toMatch(/^[a-z][a-z0-9_]{2,}$/i);
    }
  });

  it('4 does not replace the headers that HTTP itself asks for', () => {
    const header = (code: ErrorCode, name: string): string | null | undefined =>
      problems.find(([provoked]) => provoked === code)?.[1].headers.get(name);
    expect(header('authentication_required', 'www-authenticate')).toMatch(/^Bearer /);
    expect(header('method_not_allowed', 'allow')).toMatch(/POST/);
    expect(header('too_many_requests', 'retry-after')).toMatch(/^\d+$/);
    expect(header('provider_unavailable', 'retry-after')).toMatch(/^\d+$/);
  });

  it('5 tells nothing that was posted', () => {
    for (const [, { text }] of problems) expect(text).not.toMatch(/marker|eyJ/);
  });
});

/** Brings about as many kinds of problem as one server can have in its ordinary life. */
async function provoke(server: TestApp): Promise<[ErrorCode, ApiAnswer][]> {
  const { google } = server.idp;
  const now = Math.floor(Date.now() / 1_000);
  let visitor = 0;
  const post = (json: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> =>
    server.api('/auth/google', {
      json,
      headers: {
        'x-frontend-secret': FRONTEND_SECRET,
        'x-client-address': `203.0.113.${(visitor += 1)}`,
        ...headers,
      },
    });
  const withClaims = async (claims: object): Promise<ApiAnswer> => {
    const { idToken } = await google.issue('ada', { claims: { name: 'marker', ...claims } });
    return post({ id_token: idToken });
  };
  const good = async (): Promise<{ id_token: string }> => ({ id_token: (await google.issue('ben')).idToken });
  const sam = await server.idp.google.issue('sam');
  await post({ id_token: sam.idToken });

  const problems: [ErrorCode, ApiAnswer][] = [
    ['invalid_request', await post({ marker: true })],
    ['provider_token_invalid', await post({ id_token: 'eyJmarker' })],
    ['provider_token_expired', await withClaims({ iat: now - 3_000, exp: now - 300 })],
    ['provider_token_not_yet_valid', await withClaims({ iat: now + 300, exp: now + 900 })],
    ['provider_token_wrong_audience', await withClaims({ aud: 'marker' })],
    ['provider_token_wrong_issuer', await withClaims({ iss: 'https://marker.example' })],
    ['provider_token_wrong_kind', await post({ id_token: (await google.issue('ada')).accessToken })],
    ['auth0_audience_missing', await server.api('/auth/auth0', { json: { access_token: 'm'.repeat(32) } })],
    ['authentication_required', await server.api('/accounts/me')],
    ['invalid_token', await server.api('/accounts/me', { token: 'marker' })],
    ['not_found', await server.api('/marker')],
    ['method_not_allowed', await server.api('/auth/google', { method: 'DELETE' })],
    ['email_in_use', await server.postIdToken('auth0', 'sam')],
    ['payload_too_large', await post({ id_token: 'x'.repeat(40_000) })],
    [
      'unsupported_media_type',
      await sendRequest(`${server.url}/auth/google`, { headers: { 'content-type': 'text/plain' }, body: 'marker' }),
    ],
  ];
  google.fault('userinfo', '500');
  problems.push(['provider_unavailable', await post({ access_token: (await google.issue('ada')).accessToken })]);
  google.fault('userinfo', undefined);

  await post(await good());
  await server.dataSource.query(
    `update social_auth_account set disabled_at = now() where email = 'ben.okoro@example.com'`,
  );
  problems.push(['account_disabled', await post(await good())]);
  await server.dataSource.query('update social_auth_account set disabled_at = null');

  const looping = { 'x-client-address': `198.51.100.${visitor}` };
  for (let round = 0; round < 30; round += 1) await post({}, looping);
  problems.push(['too_many_requests', await post({}, looping)]);
  return problems;
}
