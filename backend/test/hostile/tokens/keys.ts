import { segment, type Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

type UnusableName = keyof Forge['unusable'];

const unusable: [UnusableName, string][] = [
  ['weak', 'of 1024 bits'],
  ['for-encryption', 'for encryption by its use'],
  ['for-encryption-by-operations', 'for encryption by its operations'],
  ['for-rs512', 'for RS512'],
  ['for-ps256', 'for PS256'],
];

const signedByUnusable =
  (name: UnusableName) =>
  (forge: Forge): string =>
    forge.signed(forge.input({ kid: name }), forge.unusable[name].privateKey);

/** V2, V4, V18: tokens whose signature is right, by a key that is not. */
export const keys: HostileToken[] = [
  ...unusable.map(([name, what]): HostileToken => ({
    title: `V4 signed by a published key ${what}`,
    token: signedByUnusable(name),
    refused: INVALID,
  })),
  {
    title: 'V4 “signed” for a published key with an exponent of one, by anybody',
    token: (forge) => {
      const input = forge.input({ kid: 'small-exponent' });
      return `${input}.${segment(forge.paddedDigest(input))}`;
    },
    refused: INVALID,
  },
  {
    title: 'V18 signed by a retired key of the issuer',
    token: (forge) => forge.signed(forge.input({ kid: forge.retired.kid }), forge.retired.privateKey),
    refused: INVALID,
  },
  {
    title: 'V18 signed by a retired key, under the id of the one that signs',
    token: (forge) => forge.signed(forge.input(), forge.retired.privateKey),
    refused: INVALID,
  },
  {
    title: 'V2 signed by a key of one’s own, under the id of the genuine one',
    token: (forge) => forge.signed(forge.input(), forge.attacker.rsa),
    refused: INVALID,
  },
  {
    title: 'V2 signed by a key of one’s own, under its own id',
    token: (forge) => forge.signed(forge.input({ kid: forge.attacker.kid }), forge.attacker.rsa),
    refused: INVALID,
  },
  {
    title: 'V2 signed by the other provider’s key, under its id',
    token: (forge) => forge.signed(forge.input({ kid: forge.other.signingKey.kid }), forge.other.signingKey.privateKey),
    refused: INVALID,
  },
  {
    title: 'V2 signed by the other provider’s key, under the id of the genuine one',
    token: (forge) => forge.signed(forge.input(), forge.other.signingKey.privateKey),
    refused: INVALID,
  },
  {
    title: 'V3 signed by the first of several published keys, without a key id',
    token: (forge) => forge.signed(forge.input({ kid: undefined }), forge.former.privateKey),
    refused: INVALID,
  },
  {
    title: 'V2 signed by one published key, under the id of the other',
    token: (forge) => forge.signed(forge.input({ kid: forge.former.kid })),
    refused: INVALID,
  },
];

/** What differs from these by one thing only. */
export const soundKeys: BenignToken[] = [
  {
    title: 'V18 signed by a former key that is still published',
    token: (forge) => forge.signed(forge.input({ kid: forge.former.kid }), forge.former.privateKey),
  },
];
