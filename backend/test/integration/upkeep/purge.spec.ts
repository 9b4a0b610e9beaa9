import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountsService,
  type IssuedToken,
  SocialAuthDatabase,
  type SocialAuthOptions,
} from '../../../src/social-auth';
import { deletion, Purge } from '../../../src/social-auth/database/purge';
import { PURGE_RULES, type PurgeRule } from '../../../src/social-auth/database/purge-rule';
import { callApi } from '../../support/api-client';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { startHostApp, type HostApp } from '../../support/host-app';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { TcpFaultProxy } from '../../support/tcp-fault-proxy';
import { CLIENT, credentialOf, KEY } from '../tokens/token-host';

const LOCK = `hashtextextended('social_auth_purge', 0)`;

/** What every table keeps and what it does not, as SQL of a row's moment. */
const TIMED_TABLES = {
  social_auth_challenge: `(digest, expires_at) values (sha256(gen_random_uuid()::text::bytea), $1::timestamptz)`,
  social_auth_used_credential: `(digest, expires_at) values (sha256(gen_random_uuid()::text::bytea), $1::timestamptz)`,
  social_auth_tombstone: `(digest, expires_at) values (sha256(gen_random_uuid()::text::bytea), $1::timestamptz)`,
  social_auth_event: `(id, type, at) values (gen_random_uuid(), 'signed_in', $1::timestamptz - interval '90 days')`,
  social_auth_revocation: `(at) values ($1::timestamptz - interval '1 hour')`,
} as const;

describeOnPostgres('the purge', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let host: HostApp;
  let other: HostApp;
  let operator: Client;

  const start = (url: string, options: Partial<SocialAuthOptions> = {}): Promise<HostApp> =>
    startHostApp({
      adapter: 'fastify',
      database: url,
      idp,
      options: { backgroundJobs: false, tokens: { hmacKeys: [KEY] }, ...options },
    });
  const purge = (at = host): Promise<void> => at.app.get(Purge).run();
  const accounts = (): AccountsService => host.app.get(AccountsService);
  const signIn = async (person: string = randomUUID()): Promise<IssuedToken & { accountId: string }> => {
    const { account, issued } = await accounts().signIn(credentialOf(person), CLIENT);
    return { ...issued, accountId: account.id };
  };
  const count = async (table: string, where = 'true'): Promise<number> => {
    const { rows } = await operator.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`);
    return rows[0]?.n ?? -1;
  };
  /** A row of the feed goes once every transaction of its time has ended, those of other databases of the server too. */
  const purgeUntil = (table: string, left: number): Promise<void> =>
    eventually(async () => {
      await purge();
      expect(await count(table)).toBe(left);
    }, 10_000);
  const isKept = (id: string): Promise<boolean> => count('social_auth_token', `id = '${id}'`).then((n) => n === 1);
  const change = (id: string, what: string): Promise<unknown> =>
    operator.query(`update social_auth_token set ${what} where id = $1`, [id]);
  /** Tokens that were due long ago. */
  const makeDueTokens = async (number: number, accountId: string): Promise<void> => {
    await operator.query(
      `insert into social_auth_token (id, account_id, digest, key_id, provider, created_at, expires_at)
       select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 'spec', 'google',
              now() - interval '90 days', now() - interval '31 days' - n * interval '1 second'
         from generate_series(1, $2::integer) n`,
      [accountId, number],
    );
  };

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    proxy = await TcpFaultProxy.start(server());
    host = await start(proxy.urlOf(database.url));
    other = await start(database.url);
    operator = new Client({ connectionString: database.url });
    await operator.connect();
  }, 60_000);
  afterEach(async () => {
    jest.restoreAllMocks();
    await proxy.heal();
    await operator.query('truncate social_auth_account cascade');
    // The feed tells of that as well.
    await operator.query(`truncate ${Object.keys(TIMED_TABLES).join(', ')}`);
  });
  afterAll(async () => {
    await operator.end();
    await other.stop();
    await host.stop();
    await proxy.stop();
    await database.drop();
    await idp.stop();
  });

  it('T8 deletes tokens that ended longer ago than they are kept, and no other', async () => {
    const moments = {
      living: 'revoked_at = null',
      'expired just within': `expires_at = now() - interval '30 days' + interval '1 minute'`,
      'revoked just within': `revoked_at = now() - interval '30 days' + interval '1 minute'`,
      idle: `last_used_at = now() - interval '1 year', idle_seconds = 60, expires_at = now() + interval '1 day'`,
      'expired before': `expires_at = now() - interval '30 days'`,
      'revoked before': `revoked_at = now() - interval '30 days'`,
      'revoked before, of a long life': `revoked_at = now() - interval '31 days', expires_at = now() + interval '1 year'`,
    };
    const ids = new Map<string, string>();
    for (const [name, moment] of Object.entries(moments)) {
      const { id } = await signIn();
      await change(id, moment);
      ids.set(name, id);
    }
    await purge();
    const kept: string[] = [];
    for (const [name, id] of ids) if (await isKept(id)) kept.push(name);
    expect(kept).toEqual(['living', 'expired just within', 'revoked just within', 'idle']);
  });

  it('keeps a token that was rotated as long as it may be presented', async () => {
    const token = await signIn();
    const { status } = await callApi(`${host.url}/auth/token/rotate`, { method: 'POST', token: token.token });
    expect(status).toBe(200);
    await change(token.id, `rotated_at = now() - interval '60 days', created_at = now() - interval '60 days'`);
    await purge();
    expect(await isKept(token.id)).toBe(true);
    await change(token.id, `expires_at = now() - interval '30 days'`);
    await purge();
    expect(await isKept(token.id)).toBe(false);
  });

  it.each(Object.entries(TIMED_TABLES))('deletes what is due of %s, and nothing else', async (table, row) => {
    await purge();
    for (const offset of [-86_400, -1, 60, 3_600]) {
      await operator.query(`insert into ${table} ${row}`.replace('$1::timestamptz', `(now() + interval '${offset}s')`));
    }
    await purgeUntil(table, 2);
    await purge();
    expect(await count(table)).toBe(2);
  });

  it('deletes link tickets that have expired', async () => {
    const { accountId } = await signIn();
    for (const offset of ['-1 second', '1 minute']) {
      await operator.query(
        `insert into social_auth_link_ticket (digest, account_id, provider, issuer, subject, email_verified,
                                              email_authoritative, authenticated_at, expires_at)
         values (sha256(gen_random_uuid()::text::bytea), $1, 'google', 'i', 's', true, true, now(),
                 now() + $2::interval)`,
        [accountId, offset],
      );
    }
    await purge();
    expect(await count('social_auth_link_ticket')).toBe(1);
  });

  it('obeys the times of the options', async () => {
    const brief = await start(database.url, {
      tokens: { hmacKeys: [KEY], retentionSeconds: 0 },
      securityLog: { retentionSeconds: 1 },
    });
    const { id } = await signIn();
    await change(id, 'revoked_at = now()');
    await operator.query(`update social_auth_event set at = now() - interval '2 seconds'`);
    await purge(brief);
    await brief.stop();
    expect(await isKept(id)).toBe(false);
    expect(await count('social_auth_event')).toBe(0);
  });

  it('lets everybody read a row of the feed that is old already when it is committed', async () => {
    await purge();
    const slow = new Client({ connectionString: database.url });
    await slow.connect();
    await slow.query('begin');
    await slow.query(`insert into social_auth_revocation (at) values (now() - interval '2 hours')`);
    await purge();
    await slow.query('commit');
    await slow.end();
    await purge();
    expect(await count('social_auth_revocation')).toBe(1);
    await purgeUntil('social_auth_revocation', 0);
  });

  it('deletes rows of the feed that came with a copy of another cluster', async () => {
    await operator.query(
      `insert into social_auth_revocation (xid, at) values ('999999999999', now() - interval '2 hours')`,
    );
    await purgeUntil('social_auth_revocation', 0);
  });

  it('writes nothing to the feed about tokens that had ended by themselves', async () => {
    await makeDueTokens(10, (await signIn()).accountId);
    await purge();
    expect(await count('social_auth_token')).toBe(1);
    expect(await count('social_auth_revocation')).toBe(0);
  });

  it('leaves it to another process that is at it', async () => {
    await makeDueTokens(10, (await signIn()).accountId);
    await operator.query('begin');
    await operator.query(`select pg_advisory_xact_lock(${LOCK})`);
    await purge();
    expect(await count('social_auth_token')).toBe(11);
    await operator.query('commit');
    await purge();
    expect(await count('social_auth_token')).toBe(1);
  });

  it('deletes each row once where two processes begin together', async () => {
    await makeDueTokens(3_500, (await signIn()).accountId);
    const told = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const warned = jest.spyOn(Logger.prototype, 'warn');
    await Promise.all([purge(host), purge(other)]);
    await purge();
    expect(await count('social_auth_token')).toBe(1);
    const rows = told.mock.calls.map(([entry]) => entry as { event?: string; table?: string; rows: number });
    const ofTokens = rows.filter(({ event, table }) => event === 'purged' && table === 'social_auth_token');
    expect(ofTokens.reduce((sum, { rows: deleted }) => sum + deleted, 0)).toBe(3_500);
    expect(warned).not.toHaveBeenCalled();
  });

  it('waits for no row that is locked, and takes it the next time', async () => {
    const { accountId } = await signIn();
    await makeDueTokens(2, accountId);
    await operator.query('begin');
    await operator.query(`select 1 from social_auth_token where expires_at < now() limit 1 for update`);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    // Before the row is free; had it waited for that, the database's deadline would have ended it.
    await purge();
    await operator.query('commit');
    expect(warned).not.toHaveBeenCalled();
    expect(await count('social_auth_token')).toBe(2);
    await purge();
    expect(await count('social_auth_token')).toBe(1);
  });

  it('holds up no request, revocations of the same account among them', async () => {
    const token = await signIn();
    await makeDueTokens(5_000, token.accountId);
    let purging = true;
    const run = purge(other).then(() => (purging = false));
    let meanwhile = 0;
    while (purging) {
      expect((await callApi(`${host.url}/accounts/me`, { token: token.token })).status).toBe(200);
      await accounts().revokeAllTokens((await signIn()).accountId);
      meanwhile += 1;
    }
    await run;
    expect(meanwhile).toBeGreaterThan(2);
  });

  it('outlasts an outage, of which it tells once', async () => {
    await makeDueTokens(10, (await signIn()).accountId);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await proxy.inject({ kind: 'refuse' });
    for (let attempt = 0; attempt < 2; attempt++) await purge();
    await proxy.heal();
    await purge();
    expect(await count('social_auth_token')).toBe(1);
    expect(warned.mock.calls).toEqual([
      [{ event: 'purge_failed', table: '*', reason: 'DatabaseUnavailableError', code: 'database_unavailable' }],
    ]);
  });

  it('tells once of a table that it may not touch, and purges the others', async () => {
    await makeDueTokens(10, (await signIn()).accountId);
    await operator.query('alter table social_auth_token rename to elsewhere');
    await operator.query(`insert into social_auth_challenge (digest, expires_at) values (sha256('a'), now())`);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    for (let attempt = 0; attempt < 2; attempt++) await purge();
    await operator.query('alter table elsewhere rename to social_auth_token');
    expect(await count('social_auth_challenge')).toBe(0);
    expect(warned.mock.calls).toEqual([
      [{ event: 'purge_failed', table: 'social_auth_token', reason: 'StatementFailedError', code: '42P01' }],
    ]);
    await purge();
    expect(await count('social_auth_token')).toBe(1);
  });

  it('stops between two batches when the process does', async () => {
    const stopping = await start(database.url);
    await makeDueTokens(20_000, (await signIn()).accountId);
    const run = purge(stopping);
    await eventually(async () => expect(await count('social_auth_token')).toBeLessThan(20_001), 5_000, 5);
    await stopping.stop();
    await run;
    expect(await count('social_auth_token')).toBeGreaterThan(1_000);
  });

  it('T8 finds by an index what is due among 200,000 tokens, and the guard its one', async () => {
    const token = await signIn();
    await makeDueTokens(2_000, token.accountId);
    await operator.query(
      `insert into social_auth_token (id, account_id, digest, key_id, provider, expires_at)
       select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 'spec', 'google', now() + interval '1 day'
         from generate_series(1, 200000)`,
      [token.accountId],
    );
    await operator.query('analyze social_auth_token');
    const asked = jest.spyOn(SocialAuthDatabase.prototype, 'query');
    expect((await callApi(`${host.url}/accounts/me`, { token: token.token })).status).toBe(200);
    const lookUp = asked.mock.calls.map(([statement]) => statement).find(({ text }) => text.includes('t.digest'));
    if (!lookUp) throw new Error('the guard has asked for no token');
    expect(await planOf(lookUp.text, lookUp.values)).toMatch(/Bitmap Index Scan on social_auth_token_digest_hash/);

    const [rule] = host.app.get<PurgeRule[]>(PURGE_RULES);
    if (!rule) throw new Error('there is no rule for tokens');
    expect(await planOf(deletion(rule), [rule.keptSeconds, 1_000])).toMatch(/Index Scan using social_auth_token_ended/);
    await purge(other);
    expect(await count('social_auth_token')).toBe(200_001);
  }, 120_000);

  async function planOf(text: string, values: unknown[] = []): Promise<string> {
    const { rows } = await operator.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }
});
