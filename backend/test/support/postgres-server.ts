import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { findPostgresPrograms, findRunner, type Runner } from './postgres-installation';
import { TetheredProcess } from './tethered-process';

const START_MS = 50_000;

/** Durability is not what these tests are about. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=60'];

/** A database made for one test. */
export interface TemporaryDatabase {
  name: string;
  url: string;
  drop: () => Promise<void>;
}

/** A real PostgreSQL server: the one at `TEST_DATABASE_URL`, or a temporary cluster of an installed one. */
export class PostgresServer {
  private constructor(
    /** Address of the administration database. */
    readonly url: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** Whether {@link start} can work here. */
  static isAvailable(): boolean {
    if (process.env.TEST_DATABASE_URL) return true;
    return findPostgresPrograms() !== undefined && findRunner() !== undefined;
  }

  static async start(): Promise<PostgresServer> {
    const given = process.env.TEST_DATABASE_URL;
    if (given) return PostgresServer.at(given);
    const programs = findPostgresPrograms();
    const runner = findRunner();
    if (!programs || !runner) throw new Error('No PostgreSQL server: set TEST_DATABASE_URL or install PostgreSQL.');
    return PostgresServer.startCluster(programs, runner);
  }

  /** A server that somebody else runs. */
  static at(url: string): PostgresServer {
    return new PostgresServer(url, () => Promise.resolve());
  }

  get host(): string {
    return new URL(this.url).hostname;
  }

  get port(): number {
    return Number(new URL(this.url).port || 5432);
  }

  async createDatabase(): Promise<TemporaryDatabase> {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await this.execute(`CREATE DATABASE ${name}`);
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    return { name, url: url.href, drop: () => this.execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
  }

  async stop(): Promise<void> {
    await this.end();
  }

  private async execute(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  private static async startCluster(programs: string, runner: Runner): Promise<PostgresServer> {
    const home = mkdtempSync(join(tmpdir(), 'postgres-'));
    if (runner.uid !== undefined) chownSync(home, runner.uid, runner.gid ?? runner.uid);
    const data = join(home, 'data');
    const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
    execFileSync(join(programs, 'initdb'), init, { ...runner, cwd: home, stdio: 'pipe' });
    const port = await freePort();
    const settings = [...FAST, `unix_socket_directories=${home}`, 'listen_addresses=127.0.0.1'];
    const command = [join(programs, 'postgres'), '-D', data, '-p', String(port), ...settings.flatMap((s) => ['-c', s])];
    const child = TetheredProcess.start(command, 'INT', { ...runner, cwd: home });
    const server = new PostgresServer(`postgres://postgres@127.0.0.1:${port}/postgres`, async () => {
      await child.stop();
      rmSync(home, { recursive: true, force: true });
    });
    try {
      await eventually(() => server.execute('SELECT 1'), START_MS);
    } catch (error) {
      await server.stop();
      throw new Error(`PostgreSQL did not start: ${child.output}`, { cause: error });
    }
    return server;
  }
}
