import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SigningKeys } from '../../dev/demo-identity-provider/keys/signing-keys';

/** For how long keys may be kept: Google's answers say some hours. */
const CACHE_CONTROL = 'public, max-age=20000, must-revalidate';

/** Stands in for Google: really signed ID tokens, and the two addresses at which its keys are had. */
export class Issuer {
  readonly clientId = '1234567890-bench.apps.googleusercontent.com';

  private constructor(
    private readonly keys: SigningKeys,
    private readonly server: Server,
  ) {}

  static async start(): Promise<Issuer> {
    const keys = await SigningKeys.create();
    const { kid, privateKey } = keys.current;
    const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
    const documents: Record<string, string> = {
      '/jwks': JSON.stringify({ keys: keys.published }),
      '/certs': JSON.stringify({ [kid]: pem }),
    };
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('cache-control', CACHE_CONTROL);
      response.end(documents[request.url ?? ''] ?? '{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new Issuer(keys, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** An ID token of each of so many people. */
  idTokens(people: number): string[] {
    const issuedAt = Math.floor(Date.now() / 1000) - 1;
    return Array.from({ length: people }, (_, person) =>
      this.keys.sign({
        iss: 'https://accounts.google.com',
        aud: this.clientId,
        azp: this.clientId,
        sub: String(100_000_000_000_000_000_000n + BigInt(person)),
        email: `person${person}@gmail.com`,
        email_verified: true,
        name: `Person ${person}`,
        given_name: 'Person',
        family_name: String(person),
        picture: `https://lh3.googleusercontent.com/a/${person}=s96-c`,
        iat: issuedAt,
        exp: issuedAt + 3_600,
      }),
    );
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
