import { createHash, createHmac, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { DemoIdentityProvider, DemoIssuer } from '../../dev/demo-identity-provider';
import type { IssuerName } from '../support/test-app';
import type { Attacker } from './attacker';
import { unusableKeys } from './unusable-keys';

const ENCODING = 'base64url';

/** A key of an issuer, with the name under which it is published. */
type SigningKey = DemoIssuer['signingKey'];

/** Encodes a segment. */
export const segment = (part: string | Uint8Array | object): string =>
  Buffer.from(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part)).toString(ENCODING);

/** Takes the members off that are `undefined`. */
const present = (members: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Makes tokens for one provider: genuine ones, and ones with exactly one thing wrong. */
export class Forge {
  /** Keys that the issuer publishes beside its own. */
  readonly unusable = unusableKeys();
  private made = 0;

  private constructor(
    readonly provider: IssuerName,
    private readonly idp: DemoIdentityProvider,
    readonly attacker: Attacker,
    /** Stands in every claim that could be told on. */
    readonly marker: string,
    /** Was taken off the key endpoint before anybody here asked. */
    readonly retired: SigningKey,
    /** Is still published beside the one that signs. */
    readonly former: SigningKey,
  ) {}

  /** Sets up an issuer: a retired key, a former one, the one that signs, and several that nobody may use. */
  static async open(provider: IssuerName, idp: DemoIdentityProvider, attacker: Attacker): Promise<Forge> {
    const issuer = idp[provider];
    const retired = issuer.signingKey;
    await issuer.rotate();
    const former = issuer.signingKey;
    await issuer.rotate();
    issuer.retire(retired.kid);
    const marker = `m${randomBytes(9).toString('hex')}`;
    const forge = new Forge(provider, idp, attacker, marker, retired, former);
    issuer.fault('jwks', (_request, response) => {
      const strangers = Object.values(forge.unusable).map(({ published }) => published);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: [...strangers, ...issuer.publishedKeys] }));
    });
    return forge;
  }

  get issuer(): DemoIssuer {
    return this.idp[this.provider];
  }

  /** The issuer of the other provider. */
  get other(): DemoIssuer {
    return this.idp[this.provider === 'google' ? 'auth0' : 'google'];
  }

  get now(): number {
    return Math.floor(Date.now() / 1_000);
  }

  /** A subject of this issuer that nobody has used yet. */
  subject(): string {
    this.made += 1;
    return `${this.provider === 'google' ? '' : 'auth0|'}${this.marker}${this.made}`;
  }

  /** The claims of a good ID token of a new person, with changes; `undefined` removes one. */
  claims(changes: object = {}): Record<string, unknown> {
    const { issuer, clientId } = this.issuer;
    const sub = this.subject();
    const ofProvider =
      this.provider === 'google'
        ? { azp: clientId, exp: this.now + 3_600 }
        : { sid: `${this.marker}session`, nickname: this.marker, exp: this.now + 36_000 };
    const email = `${sub.replace(/\W/g, '.')}@hostile.example`;
    const profile = { email, email_verified: true, name: `Mallory ${this.marker}`, nonce: `${this.marker}nonce` };
    return present({ iss: issuer, aud: clientId, sub, iat: this.now, ...ofProvider, ...profile, ...changes });
  }

  /** The header of a good token, with changes; `undefined` removes a member. */
  header(changes: object = {}): Record<string, unknown> {
    return present({ alg: 'RS256', typ: 'JWT', kid: this.issuer.signingKey.kid, ...changes });
  }

  /** An ID token with the genuine signature over changed claims and a changed header. */
  token(claims: object = {}, header: object = {}): string {
    return this.compact(this.header(header), this.claims(claims));
  }

  /** A JWT over any texts or bytes, by default with the genuine key. */
  compact(
    header: string | Uint8Array | object,
    payload: string | Uint8Array | object,
    key: KeyObject = this.issuer.signingKey.privateKey,
  ): string {
    return this.signed(`${segment(header)}.${segment(payload)}`, key);
  }

  /** Appends an RS256 signature to a signing input. */
  signed(input: string, key: KeyObject = this.issuer.signingKey.privateKey): string {
    return `${input}.${sign('sha256', Buffer.from(input), key).toString(ENCODING)}`;
  }

  /** The signing input of a good token with a changed header. */
  input(header: object = {}, claims: object = {}): string {
    return `${segment(this.header(header))}.${segment(this.claims(claims))}`;
  }

  /** A token whose HMAC key is something that everybody knows. */
  hmac(alg: 'HS256' | 'HS384' | 'HS512', secret: string | Buffer): string {
    const input = this.input({ alg });
    const digest = createHmac(`sha${alg.slice(2)}`, secret)
      .update(input)
      .digest(ENCODING);
    return `${input}.${digest}`;
  }

  /** The public half of the key that signs. */
  get publicKey(): KeyObject {
    return createPublicKey(this.issuer.signingKey.privateKey);
  }

  /** The block that RS256 encrypts: with a public exponent of one it is its own signature. */
  paddedDigest(input: string): Buffer {
    const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');
    const tail = Buffer.concat([digestInfo, createHash('sha256').update(input).digest()]);
    return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(256 - 3 - tail.length, 0xff), Buffer.from([0]), tail]);
  }

  /** An access token for the API, as the Auth0 twin makes them, with changes; `undefined` removes a claim. */
  accessToken(claims: object = {}, header: object = {}): string {
    const { issuer, audience, userinfoUri, clientId } = this.idp.auth0;
    const usual = {
      iss: issuer,
      sub: this.subject(),
      aud: [audience, userinfoUri],
      azp: clientId,
      scope: 'openid email profile',
      permissions: [],
      iat: this.now,
      exp: this.now + 86_400,
      'https://example.com/email': `${this.marker}${this.made}@hostile.example`,
      'https://example.com/email_verified': true,
    };
    return this.compact(this.header(header), present({ ...usual, ...claims }));
  }
}
