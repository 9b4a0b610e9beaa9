import type { JsonObject } from '../../verification/compact-jwt';
import { claimMappingOf, mappedProfile, type ClaimMapping } from './oidc-claims';

const ISSUER = 'https://issuer.example';
const profile = (claims: JsonObject, mapping: ClaimMapping = {}, withoutClaim = false): object =>
  mappedProfile(claims, ISSUER, mapping, withoutClaim);
const isVerified = (claims: JsonObject, mapping: ClaimMapping = {}, withoutClaim = false): boolean =>
  mappedProfile({ email: 'ada@example.com', ...claims }, ISSUER, mapping, withoutClaim).emailVerified;

describe('a mapping in a variable', () => {
  it.each([
    ['email=upn', { email: 'upn' }],
    [' email = upn , name = displayName ', { email: 'upn', name: 'displayName' }],
    ['name=cognito:username,picture=custom:avatar', { name: 'cognito:username', picture: 'custom:avatar' }],
    ['email=https://example.com/email', { email: 'https://example.com/email' }],
    ['email=__proto__', { email: '__proto__' }],
  ])('%j is read', (value, mapping) => expect(claimMappingOf(value)).toEqual(mapping));

  it.each([
    '',
    'email',
    'email=',
    '=upn',
    'email=upn,',
    'email=upn,email=mail',
    'email=upn=x',
    'email=a b',
    'sub=email',
    'sub=oid',
    'Email=upn',
    'toString=x',
    'constructor=x',
    'email=ü',
    `email=${'a'.repeat(201)}`,
  ])('%j is none', (value) => expect(claimMappingOf(value)).toBeUndefined());
});

describe('the profile of an issuer', () => {
  const claims = {
    email: 'ada@example.com',
    email_verified: true,
    name: 'Ada',
    picture: 'https://issuer.example/ada.png',
    upn: 'ada@corp.example',
    displayName: 'Ada Winter',
  };

  it('has the standard claims, unless others are named', () => {
    expect(profile(claims)).toEqual({
      email: 'ada@example.com',
      emailVerified: true,
      name: 'Ada',
      picture: 'https://issuer.example/ada.png',
    });
    expect(profile(claims, { email: 'upn', name: 'displayName' })).toMatchObject({
      email: 'ada@corp.example',
      name: 'Ada Winter',
    });
  });

  it('has nothing of a claim that is missing, of another type or inherited', () => {
    expect(profile({}, { email: 'upn', name: 'displayName' })).toEqual({
      email: undefined,
      emailVerified: false,
      name: undefined,
      picture: undefined,
    });
    expect(profile({ upn: ['a@b.example'], displayName: 7 }, { email: 'upn', name: 'displayName' })).toMatchObject({
      email: undefined,
      name: undefined,
    });
    expect(profile({}, { name: 'toString', email: '__proto__' })).toMatchObject({ name: undefined, email: undefined });
  });
});

describe('M3 the address of an issuer', () => {
  it.each([true, false])('is verified by the boolean alone (where its silence counts: %p)', (withoutClaim) => {
    expect(isVerified({ email_verified: true }, {}, withoutClaim)).toBe(true);
    for (const said of [false, 'true', 1, null, [true], {}]) {
      expect({ said, is: isVerified({ email_verified: said }, {}, withoutClaim) }).toEqual({ said, is: false });
    }
  });

  it('is verified without a word of the issuer only where the operator says so', () => {
    expect(isVerified({})).toBe(false);
    expect(isVerified({}, {}, true)).toBe(true);
  });

  it('is not verified by a word that was said of another address', () => {
    const claims = { upn: 'victim@example.com', email_verified: true };
    expect(isVerified(claims, { email: 'upn' })).toBe(false);
    expect(isVerified(claims, { email: 'upn' }, true)).toBe(true);
    expect(isVerified({ ...claims, email_verified: false }, { email: 'upn' }, true)).toBe(false);
    expect(isVerified(claims, { email: 'upn', email_verified: 'email_verified' })).toBe(true);
  });

  it('is verified by the claim that is named for it', () => {
    const mapping = { email: 'upn', email_verified: 'upn_verified' };
    expect(isVerified({ upn: 'a@b.example', upn_verified: true }, mapping)).toBe(true);
    expect(isVerified({ upn: 'a@b.example', upn_verified: '1' }, mapping, true)).toBe(false);
    expect(isVerified({ upn: 'a@b.example', email_verified: true }, mapping)).toBe(false);
  });

  it('M7 is never verified beyond plain ASCII, whatever the operator says', () => {
    expect(isVerified({ email: 'ad\u0430@example.com' }, {}, true)).toBe(false);
    expect(isVerified({ email: 'a@b@example.com', email_verified: true })).toBe(false);
  });
});
