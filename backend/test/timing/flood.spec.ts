import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Arena, BOTH } from '../hostile/arena';
import type { Forge } from '../hostile/forge';
import type { IssuerName } from '../support/test-app';
import { dearer, expectNoAgreement, millisecondsOf, quantile } from './measurements';

const PER_SECOND = 2_000;
const SECONDS = 2;

interface Flood {
  method: 'GET' | 'POST';
  path: string;
  bodies: string[];
}
/** What any flood at all costs: requests that are answered without looking at anything. */
const NOTHING: Flood = { method: 'GET', path: '/health/live', bodies: [''] };

let arena: Arena;

beforeAll(async () => {
  arena = await Arena.open({ settings: { LOG_LEVEL: 'warn' } });
}, 60_000);
afterAll(() => arena?.close());

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

const garbageAt = (name: IssuerName): Flood => ({
  method: 'POST',
  path: `/auth/${name}`,
  bodies: garbage(arena.forge(name)),
});

/** Sends a flood for so long, and tells how it was answered and what an answer cost this process, in milliseconds. */
async function send({ method, path, bodies }: Flood, seconds: number): Promise<{ statuses: string[]; price: number }> {
  const order = { method, url: arena.server.url + path, bodies, perSecond: PER_SECOND, seconds };
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
  const ask = async (request: () => Promise<{ status: number }>): Promise<void> => {
    waits.push(await millisecondsOf(async () => expect((await request()).status).toBe(200)));
  };
  for (const until = performance.now() + SECONDS * 1_000; performance.now() < until; await sleep(5)) {
    const json = { id_token: arena.forge(name).token() };
    await ask(() => arena.server.api(`/auth/${name}`, { json }));
    await ask(() => arena.server.api('/accounts/me', { token }));
  }
  await flooding;
  return quantile(waits, 0.99);
}

describe.each(BOTH)('a flood of garbage at %s', (name) => {
  it('D5 costs half a millisecond of work for each token, or a few times what answering at all costs', async () => {
    await send(garbageAt(name), 1);
    await expectNoAgreement(async () => {
      const [nothing, garbage] = [await send(NOTHING, 1), await send(garbageAt(name), 1)];
      return dearer('a token', garbage.price, nothing.price, { promised: 0.5, factor: 6 });
    });
  }, 120_000);

  it('D5 of 2,000 tokens a second keeps the p99 of good requests under 200 ms', async () => {
    const { token } = (await arena.server.api(`/auth/${name}`, { json: { id_token: arena.forge(name).token() } })).body;
    await expectNoAgreement(async () => {
      const beside = await waitUnder(NOTHING, name, token);
      return dearer('the p99', await waitUnder(garbageAt(name), name, token), beside, { promised: 200, factor: 3 });
    });
    expect((await send(garbageAt(name), 0.5)).statuses).toEqual(['401']);
  }, 120_000);

  it('D2 of 200 unknown keys is refused within two seconds', async () => {
    const forge = arena.forge(name);
    const answer = (bodies: string[]): Promise<unknown> =>
      Promise.all(bodies.map((id_token) => arena.server.api(`/auth/${name}`, { json: { id_token } })));
    const storm = Array.from({ length: 200 }, (_, index) => forge.token({}, { kid: `unknown-${index}` }));
    await expectNoAgreement(async () => {
      const beside = await millisecondsOf(() => answer(storm.map(() => 'x')));
      const figure = await millisecondsOf(() => answer(storm));
      return dearer('the storm', figure, beside, { promised: 2_000, factor: 6 });
    });
  }, 60_000);
});
