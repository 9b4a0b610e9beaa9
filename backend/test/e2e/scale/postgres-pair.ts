import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { repository } from '../../support/build-once';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { MachineHome } from './machine-home';
import type { MachinePrograms } from './machine-programs';
import { ServerProgram } from './server-program';

const SCRIPTS = join(repository, 'docker/postgres');
const PASSWORDS = {
  POSTGRES_PASSWORD: 'of-the-owner',
  POSTGRES_APP_PASSWORD: 'of-the-application',
  POSTGRES_REPLICATION_PASSWORD: 'of-the-replica',
};
/** The tests are not about durability; the outage of the primary is an orderly one. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=60', 'log_connections=on'];

/** A primary with the roles of the compose files, and a streaming replica of it. */
export class PostgresPair {
  readonly primary: ServerProgram;
  readonly standby: ServerProgram;

  private constructor(
    private readonly home: MachineHome,
    private readonly programs: MachinePrograms,
    /** Of the primary. */
    readonly port: number,
    private readonly standbyPort: number,
  ) {
    this.primary = new ServerProgram(...this.primaryArguments());
    this.standby = new ServerProgram(...this.standbyArguments());
  }

  static async start(programs: MachinePrograms): Promise<PostgresPair> {
    const home = new MachineHome('postgres-pair', programs.runner);
    const pair = new PostgresPair(home, programs, await freePort(), await freePort());
    try {
      await pair.begin();
    } catch (error) {
      await pair.stop();
      throw error;
    }
    return pair;
  }

  /** Where its socket is. */
  get directory(): string {
    return this.home.path;
  }

  /** The address of the primary for the role that owns the tables. */
  get ownerUrl(): string {
    return `postgres://app_owner:${PASSWORDS.POSTGRES_PASSWORD}@127.0.0.1:${this.port}/app`;
  }

  /** What the role of the backends has as its password. */
  get applicationPassword(): string {
    return PASSWORDS.POSTGRES_APP_PASSWORD;
  }

  /** Asks the primary, past everything. */
  ask<Row>(sql: string): Promise<Row[]> {
    return query<Row>(this.port, sql);
  }

  /** Asks the standby. */
  askStandby<Row>(sql: string): Promise<Row[]> {
    return query<Row>(this.standbyPort, sql);
  }

  async stop(): Promise<void> {
    await this.standby.stop();
    await this.primary.stop();
    this.home.remove();
  }

  private async begin(): Promise<void> {
    const init = [
      '-D',
      this.dataOf('primary'),
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
    ];
    execFileSync(join(this.programs.postgres, 'initdb'), init, { ...this.home.options, stdio: 'pipe' });
    await this.primary.start();
    await query(this.port, 'CREATE DATABASE app', 'postgres');
    this.run('psql', [
      '--no-psqlrc',
      '--set=ON_ERROR_STOP=1',
      '-U',
      'postgres',
      '-d',
      'app',
      '-f',
      join(SCRIPTS, 'roles.sql'),
    ]);
    this.run('/bin/sh', [join(SCRIPTS, 'scale.sh')]);
    await this.ask('SELECT pg_reload_conf()');
    await this.standby.start();
    const streaming = `SELECT 1 FROM pg_stat_replication WHERE usename = 'replicator' AND state = 'streaming'`;
    await eventually(async () => expect(await this.ask(streaming)).toHaveLength(1));
  }

  /** Runs a script as the image of PostgreSQL does. */
  private run(command: string, parameters: string[]): void {
    const place = { PGDATA: this.dataOf('primary'), PGHOST: this.home.path, PGPORT: String(this.port) };
    const env = { ...this.environment, ...place, ...PASSWORDS, POSTGRES_USER: 'postgres', POSTGRES_DB: 'app' };
    execFileSync(command, parameters, { ...this.home.options, env, stdio: 'pipe' });
  }

  private get environment(): { PATH: string } {
    return { PATH: `${this.programs.postgres}:${process.env.PATH}` };
  }

  private dataOf(name: string): string {
    return join(this.home.path, name);
  }

  private settingsFor(port: number): string[] {
    const all = [...SETTINGS, `unix_socket_directories=${this.home.path}`];
    return ['-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
  }

  private primaryArguments(): ConstructorParameters<typeof ServerProgram> {
    const command = [
      join(this.programs.postgres, 'postgres'),
      '-D',
      this.dataOf('primary'),
      ...this.settingsFor(this.port),
    ];
    return [command, 'INT', this.home.options, () => query(this.port, 'SELECT 1', 'postgres')];
  }

  private standbyArguments(): ConstructorParameters<typeof ServerProgram> {
    const primary = { PGHOST: '127.0.0.1', PGPORT: String(this.port), PGUSER: 'replicator' };
    const secret = { PGPASSWORD: PASSWORDS.POSTGRES_REPLICATION_PASSWORD };
    const env = { ...this.environment, ...primary, ...secret, PGDATA: this.dataOf('standby') };
    const command = ['/bin/sh', join(SCRIPTS, 'standby.sh'), ...this.settingsFor(this.standbyPort)];
    return [command, 'INT', { ...this.home.options, env }, () => this.askStandby('SELECT 1')];
  }
}

async function query<Row>(port: number, sql: string, database = 'app'): Promise<Row[]> {
  const client = new Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/${database}` });
  client.on('error', () => undefined);
  await client.connect();
  return client
    .query(sql)
    .then(({ rows }) => rows as Row[])
    .finally(() => client.end());
}
