import { AsyncLocalStorage } from 'node:async_hooks';
import { Arena, BOTH } from '../hostile/arena';
import { sendRequest } from '../hostile/send-request';
import type { TestApp } from '../support/test-app';

const MEGABYTE = 1_048_576;

let arena: Arena;
let server: TestApp;

beforeAll(async () => {
  const requests = new AsyncLocalStorage<{ url: string }>();
  arena = await Arena.open({
    settings: { LOG_LEVEL: 'warn' },
    // D7: with it on, a stack overflow in a parser used to end the process. [CVE-2025-59466]
    onFastify: (fastify) => fastify.addHook('onRequest', ({ url }, _reply, done) => requests.run({ url }, done)),
  });
  server = arena.server;
}, 60_000);
afterAll(() => arena?.close());

const expectAlive = async (): Promise<void> => {
  for (const name of BOTH) {
    const { status } = await server.api(`/auth/${name}`, { json: { id_token: arena.forge(name).token() } });
    expect(status).toBe(200);
  }
};

describe('bodies that are far too large', () => {
  it.each(BOTH.flatMap((name) => [1, 5].map((megabytes) => ({ name, megabytes }))))(
    'V16 at $name: $megabytes MB are answered 413',
    async ({ name, megabytes }) => {
      const body = `{"id_token":"${'x'.repeat(megabytes * MEGABYTE)}"}`;
      const answer = await sendRequest(`${server.url}/auth/${name}`, { body });
      expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
    },
  );

  it.each(BOTH)('V16 at %s are answered 413 also when their length is not announced', async (name) => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const body = `{"id_token":"${'x'.repeat(5 * MEGABYTE)}"}`;
    const answer = await sendRequest(`${server.url}/auth/${name}`, { headers, body });
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
    await expectAlive();
  });
});

describe('depths that no parser likes', () => {
  it.each([
    ['30,000 open lists', '['.repeat(30_000)],
    ['16,000 closed lists', `${'['.repeat(16_000)}${']'.repeat(16_000)}`],
    ['6,000 open objects', '{"a":'.repeat(6_000)],
    ['16,000 lists in the field', `{"id_token":${'['.repeat(16_000)}${']'.repeat(16_000)}}`],
  ])('D7 %s in a body do not end the process', async (_name, body) => {
    for (const name of BOTH) {
      const answer = await sendRequest(`${server.url}/auth/${name}`, { body });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    }
    await expectAlive();
  });

  it('D7 5,800 levels in a payload do not end the process, whichever claim they stand in', async () => {
    const deep = '['.repeat(5_800) + ']'.repeat(5_800);
    for (const name of BOTH) {
      for (const claim of ['iss', 'aud', 'azp', 'sub', 'exp', 'email', 'name', 'permissions', 'other']) {
        const forge = arena.forge(name);
        const token = forge.compact({ alg: 'RS256', kid: forge.issuer.signingKey.kid }, `{"${claim}":${deep}}`);
        expect((await server.api(`/auth/${name}`, { json: { id_token: token } })).status).toBe(401);
      }
    }
    await expectAlive();
  });
});

describe('a storm', () => {
  it('D2 of unknown keys costs the issuer two requests at most, and all of it is refused', async () => {
    const before = arena.idp.google.hits('jwks');
    const forge = arena.forge('google');
    const storm = Array.from({ length: 200 }, (_, index) => forge.token({}, { kid: `unknown-${index}` }));
    const answers = await Promise.all(storm.map((id_token) => server.api('/auth/google', { json: { id_token } })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(arena.idp.google.hits('jwks') - before).toBeLessThanOrEqual(2);
    await expectAlive();
  });
});
