import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  JsonWebKey,
  KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';

/** A private key with the name under which its public half is published. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The public half of a signing key, as a key endpoint shows it. */
export type PublishedKey = JsonWebKey & { kid: string; use: 'sig'; alg: 'RS256' };

const generate = promisify(generateKeyPair);

async function createKey(): Promise<SigningKey> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return { kid: randomBytes(20).toString('hex'), privateKey };
}

function publish({ kid, privateKey }: SigningKey): PublishedKey {
  return { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The RSA keys of one issuer: the newest signs, all are published until they are retired. */
export class SigningKeys {
  private constructor(
    private signing: SigningKey,
    private readonly offered: SigningKey[] = [signing],
  ) {}

  /** Makes a ring with one new key. */
  static async create(): Promise<SigningKeys> {
    return new SigningKeys(await createKey());
  }

  /** Takes a private key that `exportPrivateKey` wrote. */
  static import(jwk: JsonWebKey & { kid: string }): SigningKeys {
    return new SigningKeys({ kid: jwk.kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) });
  }

  /** The key that signs now. */
  get current(): SigningKey {
    return this.signing;
  }

  /** What the key endpoint shows now. */
  get published(): PublishedKey[] {
    return this.offered.map(publish);
  }

  /** The private key that signs now, to be kept. */
  exportPrivateKey(): JsonWebKey & { kid: string } {
    return { ...this.signing.privateKey.export({ format: 'jwk' }), kid: this.signing.kid };
  }

  /** A new key signs from now on; the former ones stay published. */
  async rotate(): Promise<string> {
    this.signing = await createKey();
    this.offered.push(this.signing);
    return this.signing.kid;
  }

  /** Takes a key off the key endpoint; if it is the current one it goes on signing, unseen. */
  retire(kid: string): void {
    const index = this.offered.findIndex((key) => key.kid === kid);
    if (index < 0) throw new Error(`No published key has the id ${kid}.`);
    this.offered.splice(index, 1);
  }

  /** A compact JWS over any claims at all; header members given here win, `undefined` removes one. */
  sign(payload: object, header: object = {}): string {
    const { kid, privateKey } = this.signing;
    const input = `${encode({ alg: 'RS256', typ: 'JWT', kid, ...header })}.${encode(payload)}`;
    return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
  }
}
