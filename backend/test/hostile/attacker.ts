import { once } from 'node:events';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody with keys of their own and a server that would serve them, if anybody asked. */
export class Attacker {
  readonly kid = 'key-of-the-attacker';
  readonly rsa: KeyObject;
  readonly ec: KeyObject;
  readonly ed25519: KeyObject;
  private asked = 0;

  private constructor(private readonly server: Server) {
    this.rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    this.ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    this.ed25519 = generateKeyPairSync('ed25519').privateKey;
    server.on('request', (_request, response) => {
      this.asked += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [this.jwk] }));
    });
  }

  static async start(): Promise<Attacker> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Attacker(server);
  }

  /** How often anybody asked this server for anything. */
  get hits(): number {
    return this.asked;
  }

  /** Where the keys are. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json`;
  }

  /** The public half of the RSA key. */
  get jwk(): object {
    return { ...this.rsa.export({ format: 'jwk' }), ...PUBLIC_ONLY, kid: this.kid, use: 'sig', alg: 'RS256' };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Takes the private members off an exported key. */
const PUBLIC_ONLY = { d: undefined, p: undefined, q: undefined, dp: undefined, dq: undefined, qi: undefined };
