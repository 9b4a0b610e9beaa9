import { constants, createPrivateKey, sign, type SignKeyObjectInput } from 'node:crypto';
import type { Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

const UNKNOWN_SIGNATURE = Buffer.alloc(256, 7).toString('base64url');

/** A token that some other algorithm really signs, with the issuer's own key where that fits. */
const signedBy =
  (alg: string, digest: string | undefined, key: (forge: Forge) => SignKeyObjectInput, header: object = {}) =>
  (forge: Forge): string => {
    const input = forge.input({ alg, ...header });
    return `${input}.${sign(digest, Buffer.from(input), key(forge)).toString('base64url')}`;
  };

const own = (forge: Forge): SignKeyObjectInput => ({ key: forge.issuer.signingKey.privateKey });
const pss = (forge: Forge, saltLength: number): SignKeyObjectInput => ({
  ...own(forge),
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength,
});
const attackersEc = ({ attacker }: Forge): SignKeyObjectInput => ({ key: attacker.ec, dsaEncoding: 'ieee-p1363' });

const spellingsOfNone = ['none', 'None', 'NONE', 'nOnE', 'none ', 'n\u043ene'];
const withoutSignature: HostileToken[] = spellingsOfNone.flatMap((alg) => [
  {
    title: `V1 alg ${JSON.stringify(alg)} without a signature`,
    token: (forge) => `${forge.input({ alg })}.`,
    refused: INVALID,
  },
  {
    title: `V1 alg ${JSON.stringify(alg)} over the genuine signature`,
    token: (forge) => forge.token({}, { alg }),
    refused: INVALID,
  },
]);

const secrets: [string, (forge: Forge) => string | Buffer][] = [
  ['the public key as PEM', (forge) => forge.publicKey.export({ format: 'pem', type: 'spki' })],
  ['the public key as PKCS #1 PEM', (forge) => forge.publicKey.export({ format: 'pem', type: 'pkcs1' })],
  ['the public key as DER', (forge) => forge.publicKey.export({ format: 'der', type: 'spki' })],
  ['the public key as JWK', (forge) => JSON.stringify(forge.issuer.publishedKeys.at(-1))],
  ['the modulus', (forge) => Buffer.from(String(forge.publicKey.export({ format: 'jwk' }).n), 'base64url')],
  ['the key id', (forge) => forge.issuer.signingKey.kid],
  ['the client secret', (forge) => forge.issuer.clientSecret],
  ['nothing', () => ''],
];

const otherAlgorithms: HostileToken[] = [
  {
    title: 'V1 PS256 with the genuine key',
    token: signedBy('PS256', 'sha256', (forge) => pss(forge, 32)),
    refused: INVALID,
  },
  {
    title: 'V1 PS512 with the genuine key',
    token: signedBy('PS512', 'sha512', (forge) => pss(forge, 64)),
    refused: INVALID,
  },
  { title: 'V1 RS384 with the genuine key', token: signedBy('RS384', 'sha384', own), refused: INVALID },
  { title: 'V1 RS512 with the genuine key', token: signedBy('RS512', 'sha512', own), refused: INVALID },
  { title: 'V1 RS1 with the genuine key', token: signedBy('RS1', 'sha1', own), refused: INVALID },
  { title: 'V1 ES256 with a key of one’s own', token: signedBy('ES256', 'sha256', attackersEc), refused: INVALID },
  {
    title: 'V1 EdDSA with a key of one’s own',
    token: signedBy('EdDSA', undefined, ({ attacker }) => ({ key: attacker.ed25519 })),
    refused: INVALID,
  },
  { title: 'V17 RS256 by name, RS512 by signature', token: signedBy('RS256', 'sha512', own), refused: INVALID },
  {
    title: 'V17 RS256 by name, PS256 by signature',
    token: signedBy('RS256', 'sha256', (forge) => pss(forge, 32)),
    refused: INVALID,
  },
  { title: 'V17 RS256 by name, SHA-1 by signature', token: signedBy('RS256', 'sha1', own), refused: INVALID },
];

const strangeNames: [string, unknown][] = [
  ['in small letters', 'rs256'],
  ['with a blank', 'RS256 '],
  ['with a NUL', 'RS256\0'],
  ['in a list', ['RS256']],
  ['in an object', { RS256: true }],
  ['null', null],
  ['true', true],
  ['a number', 256],
  ['empty', ''],
  ['of encryption', 'RSA-OAEP'],
];

/** V1: tokens by any algorithm but RS256. */
export const algorithms: HostileToken[] = [
  ...withoutSignature,
  {
    title: 'V1 alg none with a made-up signature',
    token: (forge) => `${forge.input({ alg: 'none' })}.${UNKNOWN_SIGNATURE}`,
    refused: INVALID,
  },
  ...secrets.map(([name, secret]): HostileToken => ({
    title: `V1 HS256 with ${name} as secret`,
    token: (forge) => forge.hmac('HS256', secret(forge)),
    refused: INVALID,
  })),
  {
    title: 'V1 HS384 with the public key as secret',
    token: (forge) => forge.hmac('HS384', forge.publicKey.export({ format: 'pem', type: 'spki' })),
    refused: INVALID,
  },
  {
    title: 'V1 HS512 with the public key as secret',
    token: (forge) => forge.hmac('HS512', forge.publicKey.export({ format: 'pem', type: 'spki' })),
    refused: INVALID,
  },
  ...otherAlgorithms,
  ...strangeNames.map(([name, alg]): HostileToken => ({
    title: `V1 an algorithm that is ${name}, over the genuine signature`,
    token: (forge) => forge.token({}, { alg }),
    refused: INVALID,
  })),
  { title: 'V1 no algorithm', token: (forge) => forge.token({}, { alg: undefined }), refused: INVALID },
  {
    title: 'V1 the algorithm in the prototype of the header',
    token: (forge) =>
      forge.compact(`{"__proto__":{"alg":"RS256"},"kid":"${forge.issuer.signingKey.kid}"}`, forge.claims()),
    refused: INVALID,
  },
];

/** What differs from these by one thing only. */
export const soundAlgorithms: BenignToken[] = [
  { title: 'V1 RS256 with the genuine key', token: (forge) => forge.token() },
  {
    title: 'V1 RS256 by the same key, loaded anew',
    token: (forge) => {
      const pem = forge.issuer.signingKey.privateKey.export({ format: 'pem', type: 'pkcs8' });
      return forge.signed(forge.input(), createPrivateKey(pem));
    },
  },
];
