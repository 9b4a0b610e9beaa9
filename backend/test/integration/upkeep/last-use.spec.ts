import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { AccountsService, SocialAuthDatabase, type IssuedToken, type TokenOptions } from '../../../src/social-auth';
import { LastUse } from '../../../src/social-auth/tokens/last-use';
import { TOKEN_RULES, type TokenRules } from '../../../src/social-auth/tokens/token-rules';
import { callApi } from '../../support/api-client';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { startHostApp, type HostApp } from '../../support/host-app';
import { MovedClock } from '../../support/moved-clock';
import { patienceFor } from '../../support/patience';
import { persistently } from '../../support/persistently';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { TcpFaultProxy } from '../../support/tcp-fault-proxy';
import { CLIENT, credentialOf, KEY } from '../tokens/token-host';

/** Counts what is written to tokens, whoever writes it. */
const COUNT_WRITES = `
  create table writes (token_id uuid);
  create function count_write() returns trigger language plpgsql as
    $$ begin insert into writes values (new.id); return null; end $$;
  create trigger count_write after update on social_auth_token for each row execute function count_write()`;

const PATIENCE_MS = patienceFor(2_000);
/** By how much a busy machine may delay what a moment is compared with. */
const SLACK_SECONDS = 20;

type Signed = IssuedToken & { accountId: string };

describeOnPostgres('the last use of tokens', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let host: HostApp;
  let operator: Client;
  const others: HostApp[] = [];

  async function start(url: string, tokens: Partial<TokenOptions> = {}, backgroundJobs = false): Promise<HostApp> {
    const options = { backgroundJobs, tokens: { hmacKeys: [KEY], ...tokens } };
    return startHostApp({ adapter: 'fastify', database: url, idp, options });
  }

  async function another(...parameters: Parameters<typeof start>): Promise<HostApp> {
    const other = await start(...parameters);
    others.push(other);
    return other;
  }

  const signIn = async (person: string = randomUUID(), at = host): Promise<Signed> => {
    const { account, issued } = await at.app.get(AccountsService).signIn(credentialOf(person), CLIENT);
    return { ...issued, accountId: account.id };
  };
  const use = async ({ token }: Signed, at = host): Promise<number> =>
    (await callApi(`${at.url}/accounts/me`, { token })).status;
  const flush = (): Promise<void> => host.app.get(LastUse).flush();
  /** A writer of its own over the host's database, with a clock that the test moves. */
  const writer = (clock: MovedClock, at = host): LastUse =>
    new LastUse(at.app.get(SocialAuthDatabase), clock, at.app.get<TokenRules>(TOKEN_RULES), false);

  /** How long ago the recorded use of a token is, in seconds; undefined: none is recorded. */
  async function recordedAgo(id: string): Promise<number | undefined> {
    const text = 'select extract(epoch from now() - last_used_at)::float8 as ago from social_auth_token where id = $1';
    const { rows } = await operator.query<{ ago: number | null }>(text, [id]);
    return rows[0]?.ago ?? undefined;
  }
  /** The recorded use of a token, in seconds since 1970. */
  async function recordedAt(id: string): Promise<number> {
    const text = 'select extract(epoch from last_used_at)::float8 as at from social_auth_token where id = $1';
    return (await operator.query<{ at: number | null }>(text, [id])).rows[0]?.at ?? NaN;
  }
  async function writesOf(id: string): Promise<number> {
    return (await operator.query('select 1 from writes where token_id = $1', [id])).rowCount ?? 0;
  }

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    proxy = await TcpFaultProxy.start(server());
    host = await start(proxy.urlOf(database.url));
    operator = new Client({ connectionString: database.url });
    await operator.connect();
    await operator.query(COUNT_WRITES);
  }, 60_000);
  afterEach(async () => {
    jest.restoreAllMocks();
    await proxy.heal();
    for (const other of others.splice(0)) await other.stop();
  });
  afterAll(async () => {
    await operator.end();
    await host.stop();
    await proxy.stop();
    await database.drop();
    await idp.stop();
  });

  it('costs one write for a thousand guarded requests in an interval', async () => {
    const token = await signIn();
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => use(token)));
      expect(new Set(answers)).toEqual(new Set([200]));
    }
    await flush();
    expect(await writesOf(token.id)).toBe(1);
    await use(token);
    await flush();
    expect(await writesOf(token.id)).toBe(1);
  });

  it('is written by the server itself, and again in the next interval', async () => {
    const quick = await another(database.url, { lastUsedSeconds: 1 }, true);
    const token = await signIn();
    await use(token, quick);
    await eventually(async () => expect(await writesOf(token.id)).toBe(1), PATIENCE_MS);
    const first = await recordedAt(token.id);
    await eventually(async () => {
      await use(token, quick);
      expect(await writesOf(token.id)).toBeGreaterThan(1);
    }, PATIENCE_MS);
    expect(await recordedAt(token.id)).toBeGreaterThan(first);
  });

  it('is the moment of the use, however late it is written', async () => {
    const clock = new MovedClock();
    const late = writer(clock);
    const token = await signIn();
    late.note(token.id, null);
    clock.pass(45);
    await late.flush();
    const ago = await recordedAgo(token.id);
    expect(ago).toBeGreaterThanOrEqual(45);
    expect(ago).toBeLessThan(45 + SLACK_SECONDS);
  });

  it('never lags further behind than the interval, of which it spares the first half', async () => {
    const clock = new MovedClock();
    const behind = writer(clock);
    const token = await signIn();
    for (const recorded of [0, 29.9]) behind.note(token.id, recorded);
    await behind.flush();
    expect(await writesOf(token.id)).toBe(0);
    behind.note(token.id, 30);
    await behind.flush();
    expect(await recordedAgo(token.id)).toBeLessThan(SLACK_SECONDS);
  });

  it('never goes back', async () => {
    const clock = new MovedClock();
    const [one, other] = [writer(clock), writer(clock)];
    const token = await signIn();
    one.note(token.id, null);
    clock.pass(600);
    other.note(token.id, null);
    await other.flush();
    await one.flush();
    expect(await recordedAgo(token.id)).toBeLessThan(SLACK_SECONDS);
    expect(await writesOf(token.id)).toBe(1);
  });

  it('is written once where several processes saw the token', async () => {
    const clock = new MovedClock();
    const token = await signIn();
    for (const process of Array.from({ length: 5 }, () => writer(clock))) {
      process.note(token.id, null);
      await process.flush();
    }
    expect(await writesOf(token.id)).toBe(1);
  });

  it('is not recorded at all where the interval is 0', async () => {
    const without = await another(database.url, { lastUsedSeconds: 0 });
    const token = await signIn();
    expect(await use(token, without)).toBe(200);
    await without.app.get(LastUse).flush();
    expect(await recordedAgo(token.id)).toBeUndefined();
  });

  it('never touches a token that was revoked meanwhile, and revives none', async () => {
    const token = await signIn();
    await use(token);
    await host.app.get(AccountsService).revokeToken(token.accountId, token.id);
    expect(await writesOf(token.id)).toBe(1);
    await flush();
    expect(await writesOf(token.id)).toBe(1);
    expect(await recordedAgo(token.id)).toBeUndefined();
    expect(await use(token)).toBe(401);
  });

  it('waits for no transaction: what is locked is written the next time, and only if it lives then', async () => {
    const [kept, revoked] = [await signIn(), await signIn()];
    const clock = new MovedClock();
    const behind = writer(clock);
    for (const { id } of [kept, revoked]) behind.note(id, null);
    await operator.query('begin');
    await operator.query('update social_auth_token set name = name where id = $1', [kept.id]);
    await operator.query('update social_auth_token set revoked_at = now() where id = $1', [revoked.id]);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    // Before the rows are free; had it waited for that, the database's deadline would have ended it.
    await behind.flush();
    expect(warned).not.toHaveBeenCalled();
    await operator.query('commit');
    expect(await recordedAgo(kept.id)).toBeUndefined();
    clock.pass(10);
    await behind.flush();
    expect(await recordedAgo(kept.id)).toBeGreaterThanOrEqual(10);
    expect(await recordedAgo(revoked.id)).toBeUndefined();
  });

  it('runs into no deadlock with rotations and revocations, and revives nothing', async () => {
    const people = Array.from({ length: 4 }, () => randomUUID());
    const tokens = (
      await Promise.all(
        people.flatMap((person) => Array.from({ length: 10 }, () => persistently(() => signIn(person)))),
      )
    ).flat();
    const logged = jest.spyOn(Logger.prototype, 'warn');
    const clock = new MovedClock();
    const writers = Array.from({ length: 4 }, () => writer(clock));
    let ending = true;
    const writing = writers.map(async (each, index) => {
      while (ending) {
        const order = index % 2 === 0 ? tokens : tokens.toReversed();
        for (const { id } of order) each.note(id, null);
        clock.pass(31);
        await each.flush();
      }
    });
    const rotating = tokens
      .filter((_, index) => index % 2 === 0)
      .map(({ token }) => callApi(`${host.url}/auth/token/rotate`, { method: 'POST', token }));
    const answers = await Promise.all(rotating);
    const accounts = [...new Set(tokens.map(({ accountId }) => accountId))];
    await Promise.all(accounts.map((id) => host.app.get(AccountsService).revokeAllTokens(id)));
    ending = false;
    await Promise.all(writing);
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect(logged).not.toHaveBeenCalledWith(expect.objectContaining({ event: 'last_use_not_written' }));
    const { rows } = await operator.query(
      'select 1 from social_auth_token where account_id = any($1) and revoked_at is null',
      [accounts],
    );
    expect(rows).toEqual([]);
    const deadlocks = await operator.query('select deadlocks::int from pg_stat_database where datname = $1', [
      database.name,
    ]);
    expect(deadlocks.rows).toEqual([{ deadlocks: 0 }]);
  }, 60_000);

  it('outlasts an outage, of which it tells once', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const clock = new MovedClock();
    const behind = writer(clock);
    const tokens = [await signIn(), await signIn(), await signIn()];
    for (const { id } of tokens) behind.note(id, null);
    await proxy.inject({ kind: 'refuse' });
    for (let attempt = 0; attempt < 3; attempt++) await behind.flush();
    await proxy.heal();
    clock.pass(20);
    await behind.flush();
    for (const { id } of tokens) expect(await recordedAgo(id)).toBeGreaterThanOrEqual(20);
    expect(warned.mock.calls).toEqual([
      [{ event: 'last_use_not_written', tokens: 3, reason: 'DatabaseUnavailableError' }],
    ]);
  });

  it('is written when the process stops', async () => {
    const stopping = await start(database.url);
    const token = await signIn();
    await use(token, stopping);
    await stopping.stop();
    expect(await recordedAgo(token.id)).toBeDefined();
  });

  it.each(['black-hole', 'refuse'] as const)('keeps no process from stopping: %s', async (kind) => {
    const stopping = await start(proxy.urlOf(database.url));
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const token = await signIn(randomUUID(), stopping);
    await use(token, stopping);
    for (let id = 0; id < 10_000; id++) stopping.app.get(LastUse).note(randomUUID(), null);
    await proxy.inject({ kind });
    const asked = jest.spyOn(SocialAuthDatabase.prototype, 'query');
    await stopping.stop();
    expect(warned).toHaveBeenCalledWith({ event: 'last_use_lost', tokens: 10_001 });
    // One deadline and not eleven, one for each batch.
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('lets requests through between its batches where there is one connection', async () => {
    const url = new URL(database.url);
    url.searchParams.set('pool_max', '1');
    const single = await another(url.href);
    const token = await signIn();
    for (let id = 0; id < 49_000; id++) single.app.get(LastUse).note(randomUUID(), null);
    let flushed = false;
    const flushing = single.app
      .get(LastUse)
      .flush()
      .then(() => (flushed = true));
    let meanwhile = 0;
    while (!flushed) {
      expect(await use(token, single)).toBe(200);
      meanwhile += 1;
    }
    await flushing;
    expect(meanwhile).toBeGreaterThan(3);
  });
});
