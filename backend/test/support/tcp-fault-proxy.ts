import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Tunnel, type TcpFault } from './tcp-tunnel';

export type { TcpFault } from './tcp-tunnel';

/** Stands in front of a TCP server and spoils its connections on demand. */
export class TcpFaultProxy {
  private readonly tunnels = new Set<Tunnel>();
  private fault: TcpFault | undefined;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly target: { host: string; port: number },
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  static async start(target: { host: string; port: number }): Promise<TcpFaultProxy> {
    const server = createServer({ noDelay: true });
    return new TcpFaultProxy(server, await listenAnywhere(server), target);
  }

  /** How many connections stand. */
  get connections(): number {
    return this.tunnels.size;
  }

  /** An address of the server with the proxy's port in place of its own. */
  urlOf(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String(this.port);
    return through.href;
  }

  /** Spoils standing and new connections, until {@link heal}. */
  async inject(fault: TcpFault): Promise<void> {
    await this.heal();
    this.fault = fault;
    if (fault.kind === 'refuse') await this.close();
    for (const tunnel of this.tunnels) tunnel.apply(fault);
  }

  /** Mends new connections; standing ones stay as the fault left them, but for their speed. */
  async heal(): Promise<void> {
    const { fault } = this;
    this.fault = undefined;
    for (const tunnel of this.tunnels) tunnel.apply(undefined);
    if (fault?.kind === 'refuse') await listen(this.server, this.port);
  }

  async stop(): Promise<void> {
    await this.close();
  }

  private accept(client: Socket): void {
    const { host, port } = this.target;
    const tunnel = new Tunnel(client, connect({ host, port, noDelay: true }), () => this.tunnels.delete(tunnel));
    this.tunnels.add(tunnel);
    tunnel.apply(this.fault);
  }

  private async close(): Promise<void> {
    const closed = this.server.listening ? once(this.server, 'close') : undefined;
    this.server.close();
    for (const tunnel of this.tunnels) tunnel.destroy();
    await closed;
  }
}

/** Below the ports that the system hands out: while connections are refused, nobody else may take the port. */
async function listenAnywhere(server: Server): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    try {
      await listen(server, port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
