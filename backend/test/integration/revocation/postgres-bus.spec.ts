import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createPostgresRevocationBus, type RevocationBus } from '../../../src/social-auth';
import { describeOnPooler, describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import type { PoolMode } from '../../support/pooler-server';
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

  describe('that cannot connect', () => {
    const role = `narrow_${randomUUID().replaceAll('-', '')}`;
    let ear: BusEar;
    afterEach(async () => {
      await ear.bus.stop();
      await operator.query(`drop role if exists ${role}`);
    });

    const listen = (spoil: (url: URL) => void): BusEar => {
      const url = new URL(database.url);
      spoil(url);
      return (ear = new BusEar(createPostgresRevocationBus({ connectionString: url.href })));
    };

    it.each([
      ['the certificate is missing', (url: URL) => url.searchParams.set('sslrootcert', '/missing.pem'), /ENOENT/],
      ['the password is no text', (url: URL) => (url.password = '%E0%A4'), /malformed/],
    ])('is down and tries again where %s', async (_what, spoil, reason) => {
      const { bus, reasons } = listen(spoil);
      await eventually(() => expect(reasons.length).toBeGreaterThan(1));
      expect(reasons[0]).toMatch(/^the address cannot be used: /);
      expect(reasons[0]).toMatch(reason);
      await expect(bus.publish('lost')).rejects.toThrow('the bus is down');
    });

    it('says which of its two connections finds no room', async () => {
      const password = randomUUID();
      await operator.query(`create role ${role} login password '${password}' connection limit 1`);
      const narrow = listen((url) => ([url.username, url.password] = [role, password]));
      await eventually(() => expect(narrow.reasons).toContain('the second connection: 53300'));
      expect(narrow.ups).toBe(0);
    });
  });
});

describeOnPooler('the bus over LISTEN and NOTIFY behind PgBouncer', (server) => {
  let database: TemporaryDatabase;
  let ears: BusEar[];

  beforeEach(async () => {
    ears = [];
    database = await server().postgres.createDatabase();
  });
  afterEach(async () => {
    await Promise.all(ears.map(({ bus }) => bus.stop()));
    await database.drop();
  });

  const listen = (mode: PoolMode): BusEar => {
    const ear = new BusEar(createPostgresRevocationBus({ connectionString: server().through(mode, database.url) }));
    ears.push(ear);
    return ear;
  };

  it('is not up in transaction mode, which forgets who listens', async () => {
    const [one, other] = [listen('transaction'), listen('transaction')];
    await eventually(() => {
      for (const { reasons } of [one, other]) expect(reasons).toContain('notifications do not come through');
    });
    expect([one.ups, other.ups]).toEqual([0, 0]);
  });

  it('carries messages in session mode', async () => {
    const [one, other] = [listen('session'), listen('session')];
    await eventually(() => expect([one.isUp, other.isUp]).toEqual([true, true]));
    await one.bus.publish('a word');
    await eventually(() => expect(other.messages).toEqual(['a word']));
  });
});
