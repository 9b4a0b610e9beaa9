import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from '../../dev/demo-identity-provider/endpoints/answer';
import { FaultSwitches } from '../../dev/demo-identity-provider/faults/fault-switches';
import { misbehave } from '../../dev/demo-identity-provider/faults/misbehave';
import { SigningKeys, type PublishedKey } from '../../dev/demo-identity-provider/keys/signing-keys';

/** What the key endpoint makes of the keys; by default it shows them as they are. */
export type KeyPublisher = (keys: readonly PublishedKey[], origin: string) => readonly object[];

/** An issuer that has nothing but keys, on loopback, for providers that the demo does not imitate; it signs anything. */
export class LoopbackIssuer {
  /** What is wrong with its keys, under `jwks`. All is well at the start. */
  readonly faults = new FaultSwitches();

  private constructor(
    readonly keys: SigningKeys,
    private readonly server: Server,
    private readonly publish: KeyPublisher,
  ) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async start(publish: KeyPublisher = (keys) => keys): Promise<LoopbackIssuer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new LoopbackIssuer(await SigningKeys.create(), server, publish);
  }

  /** How often its keys were asked for. */
  get hits(): number {
    return this.faults.hits('jwks');
  }

  /** Its address, every path of which shows the keys. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A token over any claims at all; header members given here win, `undefined` removes one. */
  sign(claims: object, header?: object): string {
    return this.keys.sign(claims, header);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const body = JSON.stringify({ keys: this.publish(this.keys.published, this.origin) });
    const good = { status: 200, headers: { 'content-type': 'application/json' }, body };
    const fault = this.faults.enter('jwks');
    if (typeof fault === 'function') fault(request, response);
    else if (fault) misbehave(fault, response, good, this.origin);
    else send(response, good);
  }
}
