import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../../test/support/eventually';
import { freePort } from '../../test/support/free-port';
import { findPostgresPrograms, findRunner } from '../../test/support/postgres-installation';
import { PostgresServer } from '../../test/support/postgres-server';
import { TetheredProcess } from '../../test/support/tethered-process';
import { pinned, type Place } from './cores';

const START_MS = 20_000;

/** What is told of the server beside the figures. */
const SHOWN_SETTINGS = ['server_version', 'shared_buffers', 'fsync', 'synchronous_commit', 'max_connections'];

/** A PostgreSQL server for the contestants; one that is started here keeps the settings it comes with. */
export class DatabaseServer {
  private constructor(
    readonly url: string,
    /** Whether it leaves the core of the server under measurement alone. */
    readonly isPinned: boolean,
    readonly stop: () => Promise<void>,
  ) {}

  /** @param extra settings of a temporary cluster, as `name=value`. */
  static async start(
    url: string | undefined,
    place: Place | 'anywhere' = 'load',
    extra: readonly string[] = [],
  ): Promise<DatabaseServer> {
    if (url) return new DatabaseServer(url, false, () => Promise.resolve());
    const programs = findPostgresPrograms();
    const runner = findRunner();
    if (!programs || !runner) throw new Error('No PostgreSQL: install it, or name a server with --database.');
    const home = mkdtempSync(join(tmpdir(), 'postgres-'));
    if (runner.uid !== undefined) chownSync(home, runner.uid, runner.gid ?? runner.uid);
    const data = join(home, 'data');
    const initialise = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
    execFileSync(join(programs, 'initdb'), initialise, { ...runner, cwd: home, stdio: 'pipe' });
    const port = await freePort();
    const settings = [`unix_socket_directories=${home}`, 'listen_addresses=127.0.0.1', ...extra].flatMap((setting) => [
      '-c',
      setting,
    ]);
    const command = pinned(place, [join(programs, 'postgres'), '-D', data, '-p', String(port), ...settings]);
    // Apart from Ctrl-C, which would end it before the databases are dropped.
    const child = TetheredProcess.start([...command], 'INT', { ...runner, cwd: home, detached: true });
    const server = new DatabaseServer(
      `postgres://postgres@127.0.0.1:${port}/postgres`,
      place !== 'anywhere',
      async () => {
        await child.stop();
        rmSync(home, { recursive: true, force: true });
      },
    );
    await eventually(() => server.query('select 1'), START_MS);
    return server;
  }

  /** An empty database of its own for each contestant. */
  createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
    return PostgresServer.at(this.url).createDatabase();
  }

  /** Its version and the settings that matter, by name. */
  async settings(): Promise<Record<string, string>> {
    const rows = await this.query(
      `select name, current_setting(name) as value from unnest('{${SHOWN_SETTINGS.join(',')}}'::text[]) as name`,
    );
    return Object.fromEntries(rows.map(({ name, value }) => [name ?? '', value ?? '']));
  }

  private async query(sql: string): Promise<Record<string, string>[]> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Record<string, string>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}
