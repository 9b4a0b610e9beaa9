import { createPrivateKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigningKeys } from '../../dev/demo-identity-provider/keys/signing-keys';
import { selfSigned } from './self-signed';

/** For how long keys may be kept: Google's answers say some hours. */
const CACHE_CONTROL = 'public, max-age=20000, must-revalidate';

/** For how long Google leaves a connection open on which nothing is asked. */
const KEEP_ALIVE_MS = 240_000;

/**
 * Stands in for Google: really signed ID tokens, and the two addresses at which its keys are had, over TLS as there.
 * Whoever fetches keys for each sign-in pays for that as well.
 */
export class Issuer {
  readonly clientId = '1234567890-bench.apps.googleusercontent.com';

  private constructor(
    private readonly keys: SigningKeys,
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Issuer> {
    const kid = randomBytes(20).toString('hex');
    const signing = selfSigned('RSA');
    const keys = SigningKeys.import({ ...createPrivateKey(signing.key).export({ format: 'jwk' }), kid });
    const documents: Record<string, string> = {
      '/jwks': JSON.stringify({ keys: keys.published }),
      '/certs': JSON.stringify({ [kid]: signing.certificate }),
    };
    const { key, certificate } = selfSigned('P-256');
    const folder = mkdtempSync(join(tmpdir(), 'issuer-'));
    writeFileSync(trustIn(folder), certificate);
    const server = createServer({ key, cert: certificate, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('cache-control', CACHE_CONTROL);
      response.end(documents[request.url ?? ''] ?? '{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new Issuer(keys, server, folder);
  }

  /** What an application that asks it must find in its environment: where it is, who it knows, and whom to trust. */
  get environment(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    const trust = trustIn(this.folder);
    return {
      ISSUER_URL: `https://127.0.0.1:${port}`,
      CLIENT_ID: this.clientId,
      NODE_EXTRA_CA_CERTS: trust,
      // Python's requests and urllib.
      REQUESTS_CA_BUNDLE: trust,
      SSL_CERT_FILE: trust,
    };
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
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const trustIn = (folder: string): string => join(folder, 'trusted.pem');
