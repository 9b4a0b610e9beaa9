import { Client } from 'pg';
import { freePort } from '../../support/free-port';
import { MachineHome } from './machine-home';
import type { MachinePrograms } from './machine-programs';
import type { PostgresPair } from './postgres-pair';
import { ServerProgram } from './server-program';

/** PgBouncer with the configuration that is shipped, in front of the primary. */
export class Pooler {
  private constructor(
    private readonly home: MachineHome,
    /** The address of the database through it. */
    readonly url: string,
    private readonly program: ServerProgram,
  ) {}

  static async start({ pooler, runner }: MachinePrograms, postgres: PostgresPair): Promise<Pooler> {
    const home = new MachineHome('pooler', runner);
    const port = await freePort();
    const url = `postgres://app:${postgres.applicationPassword}@127.0.0.1:${port}/app`;
    home.write('users.txt', `"app" "${postgres.applicationPassword}"\n`);
    const configuration = home.adapt('pgbouncer/pgbouncer.ini', 'pgbouncer.ini', [
      ['/tmp/', `${home.path}/`],
      ['listen_addr = *', 'listen_addr = 127.0.0.1'],
      ['listen_port = 6432', `listen_port = ${port}`],
      // By its socket, which tells its connections from those that others make.
      ['host=postgres port=5432', `host=${postgres.directory} port=${postgres.port}`],
      ...(pooler.knowsStatements ? [] : [['max_prepared_statements = 200', ''] as const]),
    ]);
    const program = new ServerProgram([pooler.path, configuration], 'INT', home.options, () => greet(url));
    await program.start();
    return new Pooler(home, url, program);
  }

  async stop(): Promise<void> {
    await this.program.stop();
    this.home.remove();
  }
}

async function greet(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SELECT 1').finally(() => client.end());
}
