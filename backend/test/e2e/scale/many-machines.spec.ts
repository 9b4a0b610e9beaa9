import { randomUUID } from 'node:crypto';
import { schemaOptions } from '../../../src/app/database/data-source-options';
import type { BuiltApp } from '../../support/built-app';
import { eventually } from '../../support/eventually';
import { describeOnMachines } from './describe-on-machines';
import { SIGN_INS_PER_MINUTE } from './machines';

const BOTH = [0, 1] as const;

/** The lines of a backend's log with this event or message. */
const linesOf = (app: BuiltApp, of: { event?: string; msg?: string }): Record<string, unknown>[] =>
  app.output
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => Object.entries(of).every(([name, value]) => line[name] === value));

describeOnMachines('many machines', (machines) => {
  const statusesAt = (token: string) =>
    Promise.all(BOTH.map(async (index) => (await machines.at(index, '/accounts/me', { token })).status));

  it('U9 migrate once when two backends start on an empty database, and both serve', async () => {
    const migrated = machines.backends.flatMap((app) => linesOf(app, { event: 'migrated' }));
    expect(migrated).toHaveLength(1);
    expect(migrated[0]?.migrations).toHaveLength(schemaOptions().migrations.length);
    for (const index of BOTH) expect((await machines.at(index, '/health/ready')).body.status).toBe('ready');
  });

  it('sign people in and guard requests on all backends, without sticky sessions, and see who asks', async () => {
    const token = await machines.signIn('ada', '127.0.0.77');
    const answers = [];
    for (let i = 0; i < 12; i += 1) answers.push(await machines.visit('/accounts/me', { token, from: '127.0.0.77' }));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await eventually(() => {
      const asked = machines.backends.map(
        (app) => linesOf(app, { msg: 'request' }).filter((line) => line.address === '127.0.0.77').length,
      );
      expect(asked.reduce((sum, count) => sum + count)).toBe(13);
      expect(Math.min(...asked)).toBeGreaterThan(0);
    });
  });

  it('believe the load balancer and not the client about where a request comes from', async () => {
    const id = randomUUID();
    const headers = { 'x-forwarded-for': '203.0.113.7', 'x-request-id': id };
    await machines.visit('/health/nothing', { headers, from: '127.0.0.78' });
    const seen = () => machines.backends.flatMap((app) => linesOf(app, { msg: 'request' }));
    await eventually(() => {
      expect(seen().find(({ reqId, requestId }) => [reqId, requestId].includes(id))?.address).toBe('127.0.0.78');
    });
  });

  it('keep the figures of the processes from those who come through the load balancer', async () => {
    expect((await machines.visit('/metrics')).status).toBe(404);
  });

  describe('T6 a token that was revoked on one backend', () => {
    it.each([
      ['is refused by the other', () => machines.postgres.askStandby('SELECT pg_is_in_recovery()')],
      [
        'is refused by the other while the standby lags',
        () => machines.postgres.askStandby('SELECT pg_wal_replay_pause()'),
      ],
    ])('%s, and stays so', async (_, prepare) => {
      await prepare();
      const token = await machines.signIn('ada');
      await eventually(async () => expect(await statusesAt(token)).toEqual([200, 200]));
      expect((await machines.at(0, '/auth/logout', { method: 'POST', token })).status).toBe(204);
      expect((await machines.at(0, '/accounts/me', { token })).status).toBe(401);
      await eventually(async () => expect((await machines.at(1, '/accounts/me', { token })).status).toBe(401));
      for (let i = 0; i < 10; i += 1) expect(await statusesAt(token)).toEqual([401, 401]);
    });

    afterAll(() => machines.postgres.askStandby('SELECT pg_wal_replay_resume()'));
  });

  it('send every statement to the primary through the pooler, and none to the standby', async () => {
    const sessions = await machines.postgres.ask<{ usename: string; local: boolean }>(
      `SELECT DISTINCT usename, client_addr IS NULL AS local FROM pg_stat_activity WHERE usename LIKE 'app%'`,
    );
    expect(sessions).toEqual(
      expect.arrayContaining([
        { usename: 'app', local: true },
        { usename: 'app_owner', local: false },
      ]),
    );
    expect(sessions).toHaveLength(2);
    expect(await machines.postgres.askStandby('SELECT pg_is_in_recovery() AS it')).toEqual([{ it: true }]);
    const greeted = machines.postgres.standby.output.match(/connection authorized: user=\w+/g) ?? [];
    expect(new Set(greeted)).toEqual(new Set(['connection authorized: user=postgres']));
  });

  it('listen for revocations past the pooler, each backend on one connection', async () => {
    const listening = () =>
      machines.postgres.ask(
        `SELECT usename FROM pg_stat_activity
          WHERE application_name = 'nest-token-exchange-revocation' AND client_addr IS NOT NULL`,
      );
    await eventually(async () => expect(await listening()).toEqual(BOTH.map(() => ({ usename: 'app_owner' }))));
    for (const index of BOTH) {
      await eventually(async () => {
        expect((await machines.at(index, '/health/ready')).body).toMatchObject({ revocations: { bus: 'up' } });
      });
    }
  });

  describe('D1 the limits on signing in', () => {
    let last = 0;
    const freshAddress = (): string => `198.18.${(last += 1) >> 8}.${last & 255}`;
    const attempt = async (index: number, address: string): Promise<number> => {
      const wish = { json: { id_token: 'garbage' }, headers: { 'x-forwarded-for': address } };
      return (await machines.at(index, '/auth/google', wish)).status;
    };
    const use = async (index: number, address: string, times: number): Promise<number[]> => {
      const seen = [];
      for (let i = 0; i < times; i += 1) seen.push(await attempt(index, address));
      return [...new Set(seen)];
    };

    const expectShared = async (): Promise<void> => {
      const address = freshAddress();
      expect(await use(0, address, SIGN_INS_PER_MINUTE - 1)).toEqual([401]);
      expect(await attempt(1, address)).toBe(401);
      expect([await attempt(0, address), await attempt(1, address)]).toEqual([429, 429]);
    };

    it('hold for all backends together, count for each while Redis is away, and hold together again', async () => {
      await eventually(expectShared, 60_000);
      await machines.redis.program.stop();
      const address = freshAddress();
      for (const index of BOTH) {
        expect(await use(index, address, SIGN_INS_PER_MINUTE)).toEqual([401]);
        expect(await attempt(index, address)).toBe(429);
        expect((await machines.at(index, '/health/ready')).body).toMatchObject({ status: 'ready', redis: 'down' });
      }
      await machines.redis.program.start();
      await eventually(expectShared, 60_000);
    }, 180_000);
  });
});
