import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DatabaseUnavailableError } from '../../../src/social-auth';
import type { Revocation } from '../../../src/social-auth/revocation/revocation';
import { RevocationFeed } from '../../../src/social-auth/revocation/revocation-feed';
import { describeOnPostgres } from '../../support/describe-on-server';
import { MovedClock } from '../../support/moved-clock';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { TcpFaultProxy } from '../../support/tcp-fault-proxy';
import { FeedHost } from './feed-host';

const token = (tokenId: string): Revocation => ({ kind: 'token', tokenId });
const everything: Revocation = { kind: 'everything' };

describeOnPostgres('a reader of the feed', (server) => {
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let feed: FeedHost;
  let operator: Client;
  let clock: MovedClock;
  let reader: RevocationFeed;

  const read = async (): Promise<Revocation[]> => (await reader.read()).revoked;
  const insert = async (client: Client, id = randomUUID() as string): Promise<string> => {
    await client.query('insert into social_auth_revocation (token_id) values ($1)', [id]);
    return id;
  };

  beforeAll(async () => {
    database = await server().createDatabase();
    proxy = await TcpFaultProxy.start(server());
    feed = await FeedHost.start(proxy.urlOf(database.url), database.url);
    operator = feed.operator;
  }, 60_000);
  beforeEach(async () => {
    await operator.query('truncate social_auth_revocation');
    clock = new MovedClock();
    reader = new RevocationFeed(feed.database, clock);
    expect(await read()).toEqual([]);
  });
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await feed.stop();
    await proxy.stop();
    await database.drop();
  });

  it('finds each row once, in order, with what it is about', async () => {
    const first = await insert(operator);
    expect(await read()).toEqual([token(first)]);
    const account = randomUUID();
    await operator.query('insert into social_auth_revocation (account_id) values ($1)', [account]);
    await operator.query('insert into social_auth_revocation default values');
    expect(await read()).toEqual([{ kind: 'account', accountId: account }, everything]);
    expect(await read()).toEqual([]);
  });

  it('misses none that began earlier and was committed later, as one that goes by ids would', async () => {
    const slow = new Client({ connectionString: database.url });
    await slow.connect();
    await slow.query('begin');
    const early = await insert(slow);
    const late = await insert(operator);
    expect(await read()).toEqual([token(late)]);
    const { rows } = await operator.query<{ last: string }>('select max(id) as last from social_auth_revocation');
    await slow.query('commit');
    await slow.end();

    const byId = await operator.query('select 1 from social_auth_revocation where id > $1', [rows[0]?.last]);
    expect(byId.rows).toEqual([]);
    expect(await read()).toEqual([token(early)]);
    expect(await read()).toEqual([]);
  });

  it('tells nothing twice while a transaction stays open, and nothing of one that is rolled back', async () => {
    const slow = new Client({ connectionString: database.url });
    await slow.connect();
    await slow.query('begin');
    await insert(slow);
    for (let round = 0; round < 3; round++) {
      const id = await insert(operator);
      expect(await read()).toEqual([token(id)]);
    }
    await slow.query('rollback');
    await slow.end();
    expect(await read()).toEqual([]);
  });

  it('misses and repeats nothing of 20 writers whose transactions overlap', async () => {
    const writers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const client = new Client({ connectionString: database.url });
        await client.connect();
        return client;
      }),
    );
    const written: string[] = [];
    const found: Revocation[] = [];
    let writing = true;
    const reading = (async () => {
      while (writing) found.push(...(await read()));
      found.push(...(await read()));
    })();
    await Promise.all(
      writers.map(async (client, index) => {
        for (let round = 0; round < 15; round++) {
          await client.query('begin');
          written.push(await insert(client));
          await client.query('select pg_sleep($1)', [((index * 7 + round * 3) % 10) / 500]);
          await client.query('commit');
        }
        await client.end();
      }),
    );
    writing = false;
    await reading;
    expect(found).toHaveLength(written.length);
    expect(new Set(found.map((one) => one.kind === 'token' && one.tokenId))).toEqual(new Set(written));
  }, 30_000);

  it('says when it was sent, by the steady clock', async () => {
    const before = clock.monotonic();
    clock.shift(60);
    expect((await reader.read()).sent.steady).toBe(before);
  });

  it('goes back a minute at first, for guards that have just let somebody in', async () => {
    const recent = await insert(operator);
    await operator.query(
      `insert into social_auth_revocation (token_id, at) values ($1, now() - interval '2 minutes')`,
      [randomUUID()],
    );
    expect((await new RevocationFeed(feed.database, clock).read()).revoked).toEqual([token(recent)]);
  });

  it('tells that everything was revoked after a pause in which rows may have been purged', async () => {
    clock.pass(200);
    expect(await read()).toEqual([]);
    clock.pass(3_600);
    expect(await read()).toEqual([everything]);
    const next = await insert(operator);
    expect(await read()).toEqual([token(next)]);
  });

  it('notices a pause of the machine, in which the steady clock stood still', async () => {
    clock.shift(3_600);
    expect(await read()).toEqual([everything]);
  });

  it('goes on after an outage, with what was revoked meanwhile and the minute before it', async () => {
    const before = await insert(operator);
    expect(await read()).toEqual([token(before)]);
    await proxy.inject({ kind: 'refuse' });
    await expect(reader.read()).rejects.toThrow(DatabaseUnavailableError);
    const meanwhile = await insert(operator);
    await expect(reader.read()).rejects.toThrow(DatabaseUnavailableError);
    await proxy.heal();
    expect(await read()).toEqual([token(before), token(meanwhile)]);
    expect(await read()).toEqual([]);
  });

  it('tells that everything was revoked when another database has taken over, whose numbers are lower', async () => {
    const place = reader as unknown as { last: { snapshot: string } };
    place.last.snapshot = '99999999999:99999999999:';
    expect(await read()).toEqual([everything]);
    const next = await insert(operator);
    expect(await read()).toEqual([token(next)]);
  });

  it('tells that everything was revoked when another server has taken over, whatever its numbers are', async () => {
    const place = reader as unknown as { last: { server: string } };
    place.last.server = 'another';
    expect(await read()).toEqual([everything]);
    const next = await insert(operator);
    expect(await read()).toEqual([token(next)]);
  });

  it('tells that everything was revoked where it was too much to tell apart', async () => {
    await operator.query(
      'insert into social_auth_revocation (token_id) select gen_random_uuid() from generate_series(1, 10001)',
    );
    expect(await read()).toEqual([everything]);
    expect(await read()).toEqual([]);
  });
});
