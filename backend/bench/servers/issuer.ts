import { createPrivateKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SigningKeys } from '../../dev/demo-identity-provider/keys/signing-keys';
import { selfSigned } from './self-signed';

/** The longer ones of Google's headers. Keys may be kept for some hours. */
const HEADERS = {
  'content-type': 'application/json; charset=UTF-8',
  'cache-control': 'public, max-age=20000, must-revalidate, no-transform',
  vary: 'Origin, X-Origin, Referer, Accept-Encoding',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'x-xss-protection': '0',
};

/** For how long Google leaves a connection open on which nothing is asked. */
const KEEP_ALIVE_MS = 240_000;

/** A key of the issuer, and the certificate in which it is published. */
interface CertifiedKey {
  kid: string;
  certificate: string;
  keys: SigningKeys;
}

/** A document as it is sent. */
interface Answer {
  plain: Buffer;
  compressed: Buffer;
}

/**
 * Stands in for Google: really signed ID tokens, and the two addresses at which its keys are had, as there over TLS, two
 * keys at a time, compressed for those who take it. Whoever fetches keys for each sign-in pays for that as well.
 */
export class Issuer {
  readonly clientId = '1234567890-bench.apps.googleusercontent.com';

  private constructor(
    private readonly keys: SigningKeys,
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Issuer> {
    const [current, next] = [certifiedKey(), certifiedKey()];
    const documents: Record<string, Answer> = {
      '/jwks': answer({ keys: [...current.keys.published, ...next.keys.published] }),
      '/certs': answer({ [current.kid]: current.certificate, [next.kid]: next.certificate }),
    };
    const { key, certificate } = selfSigned('P-256');
    const folder = mkdtempSync(join(tmpdir(), 'issuer-'));
    writeFileSync(trustIn(folder), certificate);
    const server = createServer({ key, cert: certificate, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      const { plain, compressed } = documents[request.url ?? ''] ?? answer({});
      const takesGzip = String(request.headers['accept-encoding']).includes('gzip');
      response.writeHead(200, { ...HEADERS, ...(takesGzip && { 'content-encoding': 'gzip' }) });
      response.end(takesGzip ? compressed : plain);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new Issuer(current.keys, server, folder);
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

function answer(document: object): Answer {
  const plain = Buffer.from(JSON.stringify(document));
  return { plain, compressed: gzipSync(plain) };
}

function certifiedKey(): CertifiedKey {
  const kid = randomBytes(20).toString('hex');
  const { key, certificate } = selfSigned('RSA');
  return { kid, certificate, keys: SigningKeys.import({ ...createPrivateKey(key).export({ format: 'jwk' }), kid }) };
}
