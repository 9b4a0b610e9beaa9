import { BOTH } from '../hostile/arena';
import { sendRequest } from '../hostile/send-request';
import { RawConnection } from '../support/raw-http';
import { startTestApp, type TestApp } from '../support/test-app';
import { dearer, expectNoAgreement, inTurns, millisecondsOf, quantile } from './measurements';

const ROUNDS = 9;
/** A megabyte that is read takes a while to be sent as well: beside this much of a body anything else is small. */
const PROMISED = { promised: 1_000, factor: 4 };

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp({ settings: { LOG_LEVEL: 'warn' } });
}, 60_000);
afterAll(() => server?.stop());

describe.each(BOTH)('at %s', (name) => {
  const post = (body: string, status: number, headers?: Record<string, string>) => async () => {
    const answer = await sendRequest(`${server.url}/auth/${name}`, headers ? { body, headers } : { body });
    expect(answer.status).toBe(status);
  };
  const usual = post('{"id_token":"x"}', 401);
  const chunked = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };

  it.each([
    ['V16 a megabyte', post('x'.repeat(1_000_000), 413)],
    ['V16 five megabytes', post('x'.repeat(5_000_000), 413)],
    ['V16 five megabytes whose length is not announced', post('x'.repeat(5_000_000), 413, chunked)],
    ['D7 30,000 open lists', post('['.repeat(30_000), 400)],
    ['D7 16,000 closed lists', post('['.repeat(16_000) + ']'.repeat(16_000), 400)],
    ['D7 6,000 open objects', post('{"a":'.repeat(6_000), 400)],
  ])(
    '%s are refused in less than a second',
    async (_what, hostile) => {
      await expectNoAgreement(async () => {
        const samples = await inTurns(ROUNDS, { usual, hostile });
        return dearer('the refusal', quantile(samples.hostile), quantile(samples.usual), PROMISED);
      });
    },
    60_000,
  );
});

it('D6 300 connections that send their headers slowly keep nobody waiting', async () => {
  const { token } = await server.signIn('google', 'ada');
  const ask = () => server.api('/accounts/me', { token });
  const slow = await Promise.all(Array.from({ length: 300 }, () => RawConnection.open(server.url)));
  for (const connection of slow) connection.send('GET /accounts/me HTTP/1.1', 'Host: localhost', 'X-Slow: ');
  const drip = setInterval(() => slow.forEach((connection) => connection.socket.write('x')), 250);
  try {
    await expectNoAgreement(async () => {
      const waits: number[] = [];
      for (let round = 0; round < 20; round += 1) waits.push(await millisecondsOf(ask));
      return dearer('a request', quantile(waits), 0, { promised: 1_000, factor: 1 });
    });
  } finally {
    clearInterval(drip);
    slow.forEach((connection) => connection.destroy());
  }
}, 60_000);
