import { extname, join } from 'node:path';
import { NodeProcess } from '../processes/node-process';
import type { EmbeddedDatabaseDetails, EmbeddedDatabaseOrder } from './embedded-database.server';

/** Where the embedded database keeps its data and listens. */
export interface EmbeddedDatabaseOptions {
  /** A directory for the data and its lock; default: in memory. */
  readonly dataDir?: string;
  /** 0 (default) takes a free one. */
  readonly port?: number;
}

/** A PostgreSQL-compatible database in a child process, on loopback, without a password: for demos and quick tests. */
export class EmbeddedDatabase {
  private constructor(
    private readonly process: NodeProcess,
    /** One session serves everybody, so the address carries `pool_max=1`. */
    readonly url: string,
    readonly port: number,
  ) {}

  /** Starts it; refuses a directory that another server uses, and never runs under `NODE_ENV=production`. */
  static async start(options: EmbeddedDatabaseOptions = {}): Promise<EmbeddedDatabase> {
    if (process.env.NODE_ENV === 'production') throw new Error('The embedded database never runs in production.');
    const order: EmbeddedDatabaseOrder = { dataDir: options.dataDir, port: options.port ?? 0 };
    const child = NodeProcess.start({
      name: 'embedded database',
      script: join(__dirname, `embedded-database.server${extname(__filename)}`),
      order,
    });
    const { port } = await child.ready<EmbeddedDatabaseDetails>();
    return new EmbeddedDatabase(child, `postgres://postgres@127.0.0.1:${port}/postgres?pool_max=1`, port);
  }

  /** Fulfilled with a phrase on how it ended; never rejected. */
  get ended(): Promise<string> {
    return this.process.ended;
  }

  /** Writes everything down and ends the child process. */
  async stop(): Promise<void> {
    await this.process.stop();
  }
}
