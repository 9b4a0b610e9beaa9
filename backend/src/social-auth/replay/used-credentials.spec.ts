import type { VerifiedCredential } from '../verification/verified-credential';
import { usedCredentialKey } from './used-credentials';

const credential: VerifiedCredential = {
  identity: { provider: 'google', issuer: 'https://i.example', subject: 'ada', emailVerified: false },
  kind: 'id_token',
  clientId: 'web',
  issuedAt: new Date(1_000),
  expiresAt: new Date(3_600_000),
  tokenId: 'jti',
};
const { identity } = credential;

describe('V21 what makes an ID token itself', () => {
  it('is nothing that the provider does not vouch for: neither where it was posted nor what else it says', () => {
    const elsewhere: VerifiedCredential = {
      ...credential,
      identity: { ...identity, provider: 'second', email: 'ada@example.org' },
      platform: 'ios',
      nonce: 'x',
    };
    expect(usedCredentialKey(elsewhere)).toBe(usedCredentialKey(credential));
  });

  it.each<[string, Partial<VerifiedCredential>]>([
    ['the issuer', { identity: { ...identity, issuer: 'https://j.example' } }],
    ['the subject', { identity: { ...identity, subject: 'Ada' } }],
    ['the time of issue', { issuedAt: new Date(2_000) }],
    ['the end', { expiresAt: new Date(3_601_000) }],
    ['its id', { tokenId: 'other' }],
    ['having no id', { tokenId: undefined }],
    ['an id that spells nothing', { tokenId: 'null' }],
    ['parts that run into one another', { identity: { ...identity, issuer: 'https://i.example","ada' } }],
  ])('is %s', (_name, change) => {
    expect(usedCredentialKey({ ...credential, ...change })).not.toBe(usedCredentialKey(credential));
  });
});
