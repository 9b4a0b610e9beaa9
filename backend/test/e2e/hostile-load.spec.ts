import { AsyncLocalStorage } from 'node:async_hooks';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Arena, BOTH } from '../hostile/arena';
import type { Forge } from '../hostile/forge';
import { sendRequest } from '../hostile/send-request';
import type { IssuerName, TestApp } from '../support/test-app';

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

async function timed<Result>(work: Promise<Result>): Promise<{ result: Result; ms: number }> {
  const started = performance.now();
  return { result: await work, ms: performance.now() - started };
}

describe('bodies that are far too large', () => {
  it.each(BOTH.flatMap((name) => [1, 5].map((megabytes) => ({ name, megabytes }))))(
    'V16 at $name: $megabytes MB are answered 413 in less than a second',
    async ({ name, megabytes }) => {
      const body = `{"id_token":"${'x'.repeat(megabytes * MEGABYTE)}"}`;
      const { result, ms } = await timed(sendRequest(`${server.url}/auth/${name}`, { body }));
      expect([result.status, result.body.code]).toEqual([413, 'payload_too_large']);
      expect(ms).toBeLessThan(1_000);
    },
  );

  it.each(BOTH)('V16 at %s are answered 413 also when their length is not announced', async (name) => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const body = `{"id_token":"${'x'.repeat(5 * MEGABYTE)}"}`;
    const { result, ms } = await timed(sendRequest(`${server.url}/auth/${name}`, { headers, body }));
    expect([result.status, result.body.code]).toEqual([413, 'payload_too_large']);
    expect(ms).toBeLessThan(1_000);
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
      const { result, ms } = await timed(sendRequest(`${server.url}/auth/${name}`, { body }));
      expect([result.status, result.body.code]).toEqual([400, 'invalid_request']);
      expect(ms).toBeLessThan(1_000);
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

describe('a flood of garbage', () => {
  const PER_SECOND = 2_000;
  const SECONDS = 2;
  const ATTEMPTS = 3;

  /** Garbage of every price: what is refused at a glance, and what costs a signature. */
  function garbage(forge: Forge): string[] {
    const [header, payload] = forge.token().split('.');
    const tokens = [
      'x',
      'a.b.c',
      forge.token({}, { alg: 'none' }),
      forge.token({}, { kid: 'unknown' }),
      forge.token({ iss: 'https://evil.example' }),
      forge.token({ aud: 'somebody-else' }),
      forge.token({ iat: forge.now - 7_200, exp: forge.now - 3_600 }),
      forge.token({ pad: 'x'.repeat(10_000) }, { typ: 'logout+jwt' }),
      `${header}.${payload}.${Buffer.alloc(256, 1).toString('base64url')}`,
      forge.signed(forge.input(), arena.attacker.rsa),
    ];
    return tokens.map((id_token) => JSON.stringify({ id_token }));
  }

  interface Flood {
    method: 'GET' | 'POST';
    path: string;
    bodies: string[];
  }
  const garbageAt = (name: IssuerName): Flood => ({
    method: 'POST',
    path: `/auth/${name}`,
    bodies: garbage(arena.forge(name)),
  });
  /** What any flood at all costs: requests that are answered without looking at anything. */
  const NOTHING: Flood = { method: 'GET', path: '/health/live', bodies: [''] };

  /** Sends a flood for so long, and tells how it was answered and what an answer cost this process, in milliseconds. */
  async function send(
    { method, path, bodies }: Flood,
    seconds: number,
  ): Promise<{ statuses: string[]; price: number }> {
    const order = { method, url: server.url + path, bodies, perSecond: PER_SECOND, seconds };
    const sender = fork(join(__dirname, '../hostile/garbage-sender.mjs'), { env: { ORDER: JSON.stringify(order) } });
    const before = process.cpuUsage();
    const [statuses] = (await once(sender, 'message')) as [Record<string, number>];
    const { user, system } = process.cpuUsage(before);
    const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0);
    return { statuses: Object.keys(statuses), price: (user + system) / 1_000 / answered };
  }

  /** How long good requests wait under a flood, one after the other: all of them but the slowest hundredth. */
  async function waitUnder(flood: Flood, name: IssuerName, token: string): Promise<number> {
    const flooding = send(flood, SECONDS);
    const waits: number[] = [];
    const ask = async (request: Promise<{ status: number }>): Promise<void> => {
      const { result, ms } = await timed(request);
      expect(result.status).toBe(200);
      waits.push(ms);
    };
    for (const until = performance.now() + SECONDS * 1_000; performance.now() < until; await sleep(5)) {
      await ask(server.api(`/auth/${name}`, { json: { id_token: arena.forge(name).token() } }));
      await ask(server.api('/accounts/me', { token }));
    }
    await flooding;
    waits.sort((one, other) => one - other);
    return waits[Math.floor(waits.length * 0.99)] ?? Infinity;
  }

  /**
   * Measures, a few times if need be, until the figure is good. On a machine that is busy with other work no absolute
   * figure means anything: there a flood of nothing, right before, is the measure of what a flood of garbage may cost.
   */
  async function expectWithin(
    good: number,
    factor: number,
    measure: (flood: Flood) => Promise<number>,
    flood: Flood,
  ): Promise<void> {
    const seen: string[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const ofNothing = await measure(NOTHING);
      const ofGarbage = await measure(flood);
      if (ofGarbage < Math.max(good, ofNothing * factor)) return;
      seen.push(`${ofGarbage.toFixed(2)} ms, beside ${ofNothing.toFixed(2)} ms for nothing`);
    }
    throw new Error(`Too dear: ${seen.join('; ')}.`);
  }

  it.each(BOTH)(
    'D5 at %s costs half a millisecond of work for each token, or a few times what answering at all costs',
    async (name) => {
      await send(garbageAt(name), 1);
      await expectWithin(0.5, 6, async (flood) => (await send(flood, 1)).price, garbageAt(name));
    },
    60_000,
  );

  it.each(BOTH)(
    'D5 at %s of 2,000 tokens a second keeps the p99 of good requests under 200 ms',
    async (name) => {
      const token = (await server.api(`/auth/${name}`, { json: { id_token: arena.forge(name).token() } })).body.token;
      await expectWithin(200, 3, (flood) => waitUnder(flood, name, token), garbageAt(name));
      expect((await send(garbageAt(name), 0.5)).statuses).toEqual(['401']);
    },
    60_000,
  );

  it('D2 of unknown keys costs the issuer two requests at most, and is refused within two seconds', async () => {
    const before = arena.idp.google.hits('jwks');
    const forge = arena.forge('google');
    const storm = Array.from({ length: 200 }, (_, index) => forge.token({}, { kid: `unknown-${index}` }));
    const { result, ms } = await timed(
      Promise.all(storm.map((id_token) => server.api('/auth/google', { json: { id_token } }))),
    );
    expect(new Set(result.map(({ status }) => status))).toEqual(new Set([401]));
    expect(arena.idp.google.hits('jwks') - before).toBeLessThanOrEqual(2);
    expect(ms).toBeLessThan(2_000);
    await expectAlive();
  });
});
