import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SigningKeys, type PublishedKey } from '../../dev/demo-identity-provider/keys/signing-keys';

/** What the key endpoint makes of the keys; by default it shows them as they are. */
export type KeyPublisher = (keys: readonly PublishedKey[], origin: string) => readonly object[];

/** An issuer that has nothing but keys, on loopback, for providers that the demo does not imitate; it signs anything. */
export class LoopbackIssuer {
  /** How often its keys were asked for. */
  hits = 0;

  private constructor(
    readonly keys: SigningKeys,
    private readonly server: Server,
    publish: KeyPublisher,
  ) {
    server.on('request', (_request, response) => {
      this.hits += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: publish(keys.published, this.origin) }));
    });
  }

  static async start(publish: KeyPublisher = (keys) => keys): Promise<LoopbackIssuer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new LoopbackIssuer(await SigningKeys.create(), server, publish);
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
}
