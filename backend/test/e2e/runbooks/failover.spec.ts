import { Client } from 'pg';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import type { PostgresServer } from '../../support/postgres-server';
import { startTestApp, type TestApp } from '../../support/test-app';

const BOUND_MS = 1_000;

/** A database under a name, and a copy that stands in for it when it is gone, as an asynchronous standby would. */
class FailingOver {
  readonly name = `failover_${process.pid}_${Date.now()}`;
  private readonly admin: Client;

  constructor(private readonly server: PostgresServer) {
    this.admin = new Client({ connectionString: server.url });
  }

  get url(): string {
    const url = new URL(this.server.url);
    url.pathname = `/${this.name}`;
    return url.href;
  }

  async create(): Promise<void> {
    await this.admin.connect();
    await this.admin.query(`create database ${this.name}`);
  }

  /** Nobody may be at a database while it is copied: for so long it refuses its clients, as one in trouble does. */
  async replicate(): Promise<void> {
    await this.whileClosed(this.name, async () => {
      await this.admin.query(`create database ${this.name}_standby template ${this.name}`);
    });
  }

  async failOver(): Promise<void> {
    await this.whileClosed(this.name, async () => {
      await this.admin.query(`alter database ${this.name} rename to ${this.name}_lost`);
    });
    await this.admin.query(`alter database ${this.name}_standby rename to ${this.name}`);
  }

  async drop(): Promise<void> {
    for (const suffix of ['', '_standby', '_lost']) {
      await this.admin.query(`drop database if exists ${this.name}${suffix} with (force)`);
    }
    await this.admin.end();
  }

  private async whileClosed(name: string, work: () => Promise<void>): Promise<void> {
    await this.admin.query(`alter database ${name} with allow_connections false`);
    await eventually(async () => {
      await this.admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await work();
    });
    await this.admin.query(
      `update pg_database set datallowconn = true where datname in ('${name}', '${name}_standby', '${name}_lost')`,
    );
  }
}

describeOnPostgres('when the database fails over to a standby that lacked the last commits', (postgres) => {
  let database: FailingOver;
  let server: TestApp;

  beforeAll(async () => {
    database = new FailingOver(postgres());
    await database.create();
    server = await startTestApp({
      database: { url: database.url, stop: () => Promise.resolve() },
      settings: { REVOCATION_BOUND_MS: String(BOUND_MS), TOKEN_CACHE_SECONDS: '1' },
    });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await database?.drop();
  });

  const statusOf = async (token: string): Promise<number> => (await server.api('/accounts/me', { token })).status;
  const isReady = (): Promise<void> =>
    eventually(async () => expect((await server.api('/health/ready')).status).toBe(200));

  it('goes on by itself, and what was committed in between is lost: revocations and tokens', async () => {
    const kept = (await server.signIn('google', 'ada')).token;
    const revoked = (await server.signIn('google', 'ben')).token;
    await database.replicate();
    await isReady();

    const issuedLate = (await server.signIn('google', 'cleo')).token;
    expect(await statusOf(issuedLate)).toBe(200);
    expect((await server.api('/auth/logout', { method: 'POST', token: revoked })).status).toBe(204);
    expect(await statusOf(revoked)).toBe(401);
    await database.failOver();

    await isReady();
    await eventually(async () => expect(await statusOf(kept)).toBe(200));
    // What the promise excludes.
    await eventually(async () => expect(await statusOf(revoked)).toBe(200));
    await eventually(async () => expect(await statusOf(issuedLate)).toBe(401));
    const again = (await server.signIn('google', 'cleo')).token;
    expect(await statusOf(again)).toBe(200);
  }, 60_000);

  it('answers 503 meanwhile and nobody is signed out, once the bound has passed', async () => {
    const { token } = await server.signIn('google', 'ada');
    expect(await statusOf(token)).toBe(200);
    const admin = new Client({ connectionString: postgres().url });
    await admin.connect();
    const close = async (isClosed: boolean): Promise<void> => {
      await admin.query(`alter database ${database.name} with allow_connections ${!isClosed}`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database.name]);
    };
    await close(true);
    const seen = new Set<number>();
    await eventually(async () => {
      const status = await statusOf(token);
      seen.add(status);
      expect(status).toBe(503);
    });
    expect((await server.api('/health/ready')).status).toBe(503);
    await close(false);
    await eventually(async () => {
      const status = await statusOf(token);
      seen.add(status);
      expect(status).toBe(200);
    });
    expect([...seen].sort()).not.toContain(401);
    await admin.end();
  }, 60_000);
});
