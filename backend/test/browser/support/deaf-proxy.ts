import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in front of a server, and never answers what is asked of one of its paths. */
export class DeafProxy {
  private ignored = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly path: string,
  ) {
    server.on('request', (incoming, answer) => this.pass(incoming, answer));
  }

  static async start(target: string, path: string): Promise<DeafProxy> {
    const proxy = new DeafProxy(createServer(), target, path);
    await once(proxy.server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  /** Where it is found. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many requests it has left without an answer. */
  get unanswered(): number {
    return this.ignored;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url = '', headers } = incoming;
    if (url === this.path) return void (this.ignored += 1);
    const outgoing = request(`${this.target}${url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  }
}
