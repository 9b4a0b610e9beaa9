import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { startHostApp } from '../support/host-app';
import { startTestApp, type TestApp } from '../support/test-app';
import { createTestDatabase } from '../support/test-database';

const NONCE = /^[A-Za-z0-9_-]{43}$/;

describe('POST /auth/challenge', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  }, 60_000);
  afterAll(() => server?.stop());

  const countRows = async (): Promise<number> => {
    const [row] = await server.dataSource.query<{ rows: number }[]>(
      'select count(*)::int as rows from social_auth_challenge',
    );
    return row?.rows ?? -1;
  };

  it.each([
    ['no body', {}],
    ['an empty object', { json: {} }],
    ['no body, although JSON is announced', { headers: { 'content-type': 'application/json' } }],
    ['a token that is not valid: nobody looks at it', { token: 'nte_nonsense' }],
  ])('answers %s with a nonce, and how long it can be used', async (_name, request) => {
    const answer = await server.api('/auth/challenge', { method: 'POST', ...request });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(answer.body).toEqual({ nonce: expect.stringMatching(NONCE) as string, expires_in: 600 });
  });

  it('never answers the same nonce twice', async () => {
    const ask = () => server.api('/auth/challenge', { method: 'POST' });
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(20);
  });

  it('L1 T3 keeps neither the nonce nor a plain hash of it, and logs neither', async () => {
    const before = await countRows();
    const { body } = await server.api('/auth/challenge', { method: 'POST' });
    const { nonce } = body as unknown as { nonce: string };
    expect(await countRows()).toBe(before + 1);
    const found = await server.dataSource.query<object[]>(
      `select 1 from social_auth_challenge
        where digest in ($1::bytea, sha256($1::bytea), $2::bytea, sha256($2::bytea)) or strpos(encode(digest, 'hex'), $3) > 0`,
      [Buffer.from(nonce), Buffer.from(nonce, 'base64url'), Buffer.from(nonce, 'base64url').toString('hex')],
    );
    expect(found).toEqual([]);
    expect(server.logs.text).not.toContain(nonce);
  });

  it.each<[string, unknown, string]>([
    ['a field', { nonce: 'mine' }, '400 invalid_request'],
    ['a field of a prototype', '{"__proto__":{}}', '400 invalid_request'],
    ['a field named like a member of objects', { toString: 1 }, '400 invalid_request'],
    ['a list', [], '400 invalid_request'],
    ['a text', '"x"', '400 invalid_request'],
    ['a number', '1', '400 invalid_request'],
    ['broken JSON', '{', '400 invalid_request'],
    ['a megabyte', { x: 'x'.repeat(1_048_576) }, '413 payload_too_large'],
  ])('refuses %s', async (_name, json, refused) => {
    const before = await countRows();
    const { status, body } = await server.api('/auth/challenge', { json });
    expect(`${status} ${body.code}`).toBe(refused);
    expect(await countRows()).toBe(before);
  });

  it.each<[string, Record<string, string>]>([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a text', { 'content-type': 'text/plain' }],
    ['a page that does not say JSON', { origin: 'https://evil.example' }],
    ['a page in a sandbox', { origin: 'null' }],
    ['a browser', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ])('D9 refuses what a page of another site can make its visitors send: %s', async (_name, headers) => {
    const before = await countRows();
    const { status, body } = await server.api('/auth/challenge', { method: 'POST', headers });
    expect(`${status} ${body.code}`).toBe('415 unsupported_media_type');
    expect(await countRows()).toBe(before);
  });

  it('is no page to be read', async () => {
    expect((await server.api('/auth/challenge')).status).toBe(405);
  });

  it('is in the description of the API', async () => {
    const { body } = await server.api('/docs-json');
    const { paths } = body as unknown as { paths: Record<string, { post: { responses: object } }> };
    expect(Object.keys(paths['/auth/challenge']?.post.responses ?? {}).sort()).toEqual([
      '201',
      '400',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
  });
});

describe('D1 the limit of an address', () => {
  let server: TestApp;

  beforeEach(async () => {
    server = await startTestApp({ settings: { RATE_LIMIT_SIGN_IN: '3' } });
  }, 60_000);
  afterEach(() => server?.stop());

  it.each([{}, { json: {} }])('counts challenges beside sign-ins, asked for as %j', async (request) => {
    const ask = () => server.api('/auth/challenge', { method: 'POST', ...request });
    expect([(await ask()).status, (await ask()).status]).toEqual([201, 201]);
    expect((await server.postIdToken('google', 'ada')).status).toBe(200);
    const refused = await ask();
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.postIdToken('auth0', 'ada')).status).toBe(429);
  });

  it('D9 is not used up by what pages of other sites send', async () => {
    const senders: Record<string, string>[] = [{ origin: 'https://evil.example' }, { 'content-type': 'text/plain' }];
    for (const headers of senders) {
      for (let round = 0; round < 4; round += 1) {
        expect((await server.api('/auth/challenge', { method: 'POST', headers })).status).toBe(415);
      }
    }
    expect((await server.postIdToken('google', 'ada')).status).toBe(200);
  });
});

describe.each(['fastify', 'express'] as const)('a challenge of a host on %s', (adapter) => {
  it('lives as long as the host says, and needs no body', async () => {
    const idp = await DemoIdentityProvider.start();
    const database = await createTestDatabase();
    const options = { idTokens: { challengeSeconds: 42 } };
    const host = await startHostApp({ adapter, database: database.url, idp, options });
    try {
      const json = { headers: { 'content-type': 'application/json' }, body: '{}' };
      for (const request of [{}, json]) {
        const response = await fetch(`${host.url}/auth/challenge`, { method: 'POST', ...request });
        expect(response.status).toBe(201);
        expect(await response.json()).toEqual({ nonce: expect.stringMatching(NONCE) as string, expires_in: 42 });
      }
    } finally {
      await host.stop();
      await database.stop();
      await idp.stop();
    }
  }, 60_000);
});
