import { Client } from 'pg';
import { createPostgresRevocationBus, type RevocationBus } from '../../../src/social-auth';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { BusEar } from './bus-ear';
import { describeBus } from './bus-contract';

const CUT = `select pg_terminate_backend(pid) from pg_stat_activity
              where application_name = 'social-auth-revocation' and datname = current_database()`;

describeOnPostgres('the bus over LISTEN and NOTIFY', (server) => {
  let database: TemporaryDatabase;
  let operator: Client;

  function busAt(port: number): RevocationBus {
    const url = new URL(database.url);
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return createPostgresRevocationBus({ connectionString: url.href });
  }

  beforeAll(async () => {
    database = await server().createDatabase();
    operator = new Client({ connectionString: database.url });
    await operator.connect();
  }, 60_000);
  afterAll(async () => {
    await operator.end();
    await database.drop();
  });

  describeBus(() => ({ host: server().host, port: server().port, busAt, cut: () => operator.query(CUT) }));

  it('hears what an operator says by hand', async () => {
    const ear = new BusEar(createPostgresRevocationBus({ connectionString: database.url }));
    await eventually(() => expect(ear.isUp).toBe(true));
    await operator.query(`notify social_auth_revocation, 'feed, please'`);
    await eventually(() => expect(ear.messages).toEqual(['feed, please']));
    await ear.bus.stop();
  });

  it('is not up where notifications do not come through, as behind a pooler in transaction mode', async () => {
    const { query } = Client.prototype as unknown as { query: (this: unknown, ...args: unknown[]) => unknown };
    // The pooler takes the LISTEN, and the server connection that listens is somebody else's afterwards.
    const pooled = jest.spyOn(Client.prototype, 'query').mockImplementation(function (
      this: Client,
      ...args: unknown[]
    ) {
      return query.apply(this, String(args[0]).startsWith('listen') ? ['select 1'] : args) as never;
    });
    const ear = new BusEar(createPostgresRevocationBus({ connectionString: database.url }));
    await eventually(() => expect(ear.reasons).toContain('notifications do not come through'), 20_000);
    expect(ear.ups).toBe(0);
    await ear.bus.stop();
    pooled.mockRestore();
  });
});
