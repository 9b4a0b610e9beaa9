import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { findPooler } from './pooler-program';
import { findRunner } from './postgres-installation';
import { PostgresServer } from './postgres-server';
import { TetheredProcess } from './tethered-process';

/** When a pooler lends a connection of the server to somebody else. */
export type PoolMode = 'session' | 'transaction';

const PORTS = ['session', 'transaction'] as const;
const START_MS = 10_000;

/** A real PostgreSQL server, and in front of it a PgBouncer for each mode. */
export class PoolerServer {
  private constructor(
    readonly postgres: PostgresServer,
    private readonly ports: Readonly<Record<PoolMode, number>>,
    private readonly end: () => Promise<void>,
  ) {}

  /** Whether {@link start} can work here. */
  static isAvailable(): boolean {
    return PostgresServer.isAvailable() && findPooler() !== undefined && findRunner() !== undefined;
  }

  static async start(): Promise<PoolerServer> {
    const [program, runner] = [findPooler(), findRunner()];
    if (!program || !runner) throw new Error('No PgBouncer: install it, or set PGBOUNCER_PATH.');
    const postgres = await PostgresServer.start();
    const home = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
    if (runner.uid !== undefined) chownSync(home, runner.uid, runner.gid ?? runner.uid);
    const ports = { session: await freePort(), transaction: await freePort() };
    const children = PORTS.map((mode) => {
      const configuration = join(home, `${mode}.ini`);
      writeFileSync(configuration, configurationOf(postgres, mode, ports[mode]));
      return TetheredProcess.start([program.path, configuration], 'INT', { ...runner, cwd: home });
    });
    const server = new PoolerServer(postgres, ports, async () => {
      await Promise.all(children.map((child) => child.stop()));
      rmSync(home, { recursive: true, force: true });
      await postgres.stop();
    });
    try {
      await Promise.all(PORTS.map((mode) => eventually(() => greet(server.through(mode, postgres.url)), START_MS)));
    } catch (error) {
      await server.stop();
      throw new Error(`PgBouncer did not start: ${children.map(({ output }) => output).join()}`, { cause: error });
    }
    return server;
  }

  /** The address of a database of the server, through the pooler. */
  through(mode: PoolMode, address: string): string {
    const url = new URL(address);
    [url.hostname, url.port] = ['127.0.0.1', String(this.ports[mode])];
    return url.href;
  }

  async stop(): Promise<void> {
    await this.end();
  }
}

function configurationOf({ url, host, port }: PostgresServer, mode: PoolMode, listenPort: number): string {
  const { username, password } = new URL(url);
  const secret = password === '' ? '' : ` password=${decodeURIComponent(password)}`;
  return `[databases]
* = host=${host} port=${port} user=${username}${secret}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
ignore_startup_parameters = extra_float_digits
`;
}

async function greet(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select 1').finally(() => client.end());
}
