import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultKind } from '../../dev/demo-identity-provider';
import { misbehave } from '../../dev/demo-identity-provider/faults/misbehave';

/** A request as a twin received it. */
export interface TwinRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What a twin answers, as JSON. */
export interface TwinAnswer {
  status: number;
  body: unknown;
}

/** A named fault, or another answer to every request of a route. */
export type TwinFault = FaultKind | TwinAnswer;

/** Stands in for a provider's API on the loopback address; what it answers is up to whoever extends it. */
export abstract class LoopbackTwin {
  /** All that was asked. */
  readonly requests: TwinRequest[] = [];
  private readonly faults = new Map<string, TwinFault>();
  private readonly server: Server = createServer((request, response) => void this.receive(request, response));

  /** The answer of the genuine API. */
  protected abstract answer(request: TwinRequest): TwinAnswer;

  /** Where it listens. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Spoils every route that ends so, or mends it with `undefined`. */
  fault(route: string, fault: TwinFault | undefined): void {
    if (fault === undefined) this.faults.delete(route);
    else this.faults.set(route, fault);
  }

  /** How often a route that ends so was asked. */
  hits(route: string): number {
    return this.requests.filter(({ path }) => path.endsWith(route)).length;
  }

  /** Mends everything and forgets what was asked. */
  reset(): void {
    this.faults.clear();
    this.requests.length = 0;
  }

  private async receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', headers } = incoming;
    const request = { method, path, query, headers, body: Buffer.concat(chunks).toString() };
    this.requests.push(request);
    const fault = [...this.faults].find(([route]) => path.endsWith(route))?.[1];
    const { status, body } = typeof fault === 'object' ? fault : this.answer(request);
    const good = { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    if (typeof fault === 'string') misbehave(fault, response, good, `${this.url}/redirected`);
    else response.writeHead(status, good.headers).end(good.body);
  }
}
