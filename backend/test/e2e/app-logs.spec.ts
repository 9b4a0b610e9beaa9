import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { FRONTEND_SECRET } from '../support/test-environment';
import { startTestApp, type TestApp } from '../support/test-app';

const MARKER = 'logmarker';
const HOSTILE_NAME = 'Eve\nlevel=info\u001b[31m {"level":"error"}';

describe('the log of the server', () => {
  let server: TestApp;
  let secrets: string[];

  beforeAll(async () => {
    const key = randomBytes(32).toString('base64');
    server = await startTestApp({ settings: { TOKEN_HMAC_KEYS: `k:${key}`, LOG_LEVEL: 'trace' } });
    secrets = [key, FRONTEND_SECRET, MARKER];
    const person = { subject: `${MARKER}-subject`, note: '', email: `${MARKER}@example.com`, emailVerified: true };
    for (const issuer of [server.idp.google, server.idp.auth0]) {
      issuer.addPerson({ ...person, key: 'eve', name: HOSTILE_NAME });
      issuer.addPerson({ ...person, key: 'ivy', name: 'Ivy', subject: `${MARKER}-other` });
    }
  });
  afterAll(() => server?.stop());

  /** What a day brings: successes, refusals, faults of every kind, with markers wherever a client can put one. */
  async function live(): Promise<void> {
    const { google, auth0 } = server.idp;
    const { audience } = auth0;
    const { idToken, accessToken } = await auth0.issue('eve', { audience, accessTokenClaims: { x: MARKER } });
    const signedIn = await server.postIdToken('google', 'eve');
    const { token } = signedIn.body;
    secrets.push(idToken, accessToken, token, ...idToken.split('.'), ...accessToken.split('.'));
    const hostile = [
      { id_token: idToken.slice(0, -5) },
      { id_token: `${MARKER}.${MARKER}.${MARKER}` },
      {
        id_token: google.sign({ iss: google.issuer, aud: MARKER, sub: MARKER, email: MARKER }, { kid: `${MARKER}\nx` }),
      },
      { access_token: `ya29.${MARKER}` },
      { access_token: accessToken },
      { auth_token: idToken },
      { [MARKER]: MARKER },
      `{"id_token":"${MARKER}`,
      MARKER,
    ];
    for (const json of hostile) {
      for (const provider of ['google', 'auth0'])
        await server.api(`/auth/${provider}?access_token=${MARKER}`, { json });
    }
    await server.postIdToken('auth0', 'ivy');
    const headers = { cookie: `session=${MARKER}`, 'x-frontend-secret': FRONTEND_SECRET, 'user-agent': MARKER };
    await server.api(`/accounts/me?token=${MARKER}`, { token, headers });
    await server.api('/accounts/me', { token: `${MARKER}` });
    await server.api('/accounts/me', { headers: { authorization: `Basic ${MARKER}` } });
    for (const secret of [token, idToken, `${MARKER}@example.com`, encodeURIComponent(`${MARKER}@example.com`)]) {
      await server.api(`/accounts/${secret}`);
      await server.api(`/notes/${secret}`, { method: 'DELETE', token });
      await server.api(`/${secret}/%zz`);
    }
    await server.api('/notes', { token, json: { text: MARKER } });
    await server.api('/notes', { token, json: { text: { [MARKER]: MARKER } } });
    google.fault('jwks', '500');
    await server.api('/auth/google', { json: { access_token: MARKER } });
    google.fault('jwks', undefined);
    await server.dataSource.query('ALTER TABLE note RENAME TO hidden');
    await server.api('/notes', { token, json: { text: MARKER } });
    await server.dataSource.query('ALTER TABLE hidden RENAME TO note');
    await server.api('/auth/logout', { method: 'POST', token });
  }

  it('L1 holds no token, e-mail address, secret, query or body', async () => {
    await live();
    expect(server.logs.lines.length).toBeGreaterThan(30);
    for (const secret of secrets.filter((text) => text.length > 8)) {
      const leak = server.logs.text.split('\n').find((line) => line.includes(secret));
      expect(leak).toBeUndefined();
    }
  });

  it('L2 is one JSON object a line, whatever clients send', () => {
    for (const line of server.logs.text.trimEnd().split('\n')) {
      expect(() => JSON.parse(line) as unknown).not.toThrow();
      expect(line).not.toContain('\u001b');
    }
  });

  it('L3 tells every attempt to sign in with its outcome, provider, hashed subject and request id', async () => {
    server.logs.clear();
    const headers = { 'x-request-id': 'attempt-1' };
    await server.postIdToken('google', 'ada', undefined, { headers });
    await server.postIdToken('google', 'ada', { claims: { aud: 'somebody else' } }, { headers });
    const [accepted, refused] = server.logs.events('sign_in');
    expect(accepted).toMatchObject({ outcome: 'accepted', provider: 'google', requestId: 'attempt-1' });
    expect(accepted?.subject).toMatch(/^[\w-]{16,}$/);
    expect(accepted?.subject).not.toBe(server.idp.google.person('ada').subject);
    expect(refused).toMatchObject({
      outcome: 'refused',
      code: 'provider_token_wrong_audience',
      requestId: 'attempt-1',
    });
  });

  it('has one line for every request, without its query', async () => {
    server.logs.clear();
    const requests = ['/notes?x=1', '/nope?x=1', '/%zz?x=1', '/auth/google?x=1', '/accounts/me?x=1#y'];
    for (const path of requests) await server.api(path);
    const lines = server.logs.lines.filter(({ msg }) => msg === 'request');
    expect(lines.map(({ path, status }) => [path, status])).toEqual([
      ['/notes', 401],
      ['/nope', 404],
      ['/%zz', 400],
      ['/auth/google', 405],
      ['/accounts/me', 401],
    ]);
    for (const line of lines)
      expect(line).toMatchObject({ method: 'GET', address: '127.0.0.1', reqId: expect.anything() as string });
  });

  it('tells an internal error once, with its request id and without the statement', async () => {
    const { token } = await server.signIn('google', 'ada');
    await server.dataSource.query('ALTER TABLE note RENAME TO hidden');
    server.logs.clear();
    const answer = await server.api('/notes', { token, headers: { 'x-request-id': 'broken-1' } });
    await server.dataSource.query('ALTER TABLE hidden RENAME TO note');
    expect([answer.status, answer.body.code]).toEqual([500, 'internal_error']);
    expect(answer.text).not.toMatch(/note|relation|select/i);
    const errors = server.logs.lines.filter(({ level }) => level === 'error');
    expect(errors).toEqual([expect.objectContaining({ requestId: 'broken-1', errorCode: '42P01' })]);
    expect(JSON.stringify(errors)).not.toMatch(/select id/i);
  });

  it('L1 tells of a statement that failed its SQLSTATE and none of its values', async () => {
    server.logs.clear();
    const err: unknown = await server.dataSource.query('SELECT $1::uuid', [MARKER]).catch((error: unknown) => error);
    new Logger('Probe').error({ event: 'probe', err });
    expect(server.logs.events('probe')).toEqual([
      expect.objectContaining({ err: expect.objectContaining({ code: '22P02' }) as object }),
    ]);
    expect(server.logs.text).not.toContain(MARKER);
  });
});
