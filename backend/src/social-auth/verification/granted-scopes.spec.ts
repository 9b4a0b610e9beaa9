import { grantedScopes } from './granted-scopes';
import type { VerifiedCredential } from './verified-credential';

const person = { provider: 'auth0', issuer: 'https://issuer.example/', subject: 'auth0|ada', emailVerified: false };
const granted = (claims: Pick<VerifiedCredential, 'scopes' | 'permissions'>, machine = false) =>
  grantedScopes({ identity: { ...person, machine }, ...claims });

describe('what an access token grants', () => {
  it.each<[string, Pick<VerifiedCredential, 'scopes' | 'permissions'>, string[] | undefined]>([
    ['everything without scopes', {}, undefined],
    ['everything with an empty scope', { scopes: [] }, undefined],
    [
      'everything with scopes about the provider alone',
      { scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] },
      undefined,
    ],
    ['the scopes of the API', { scopes: ['openid', 'read:notes', 'write:notes'] }, ['read:notes', 'write:notes']],
    ['permissions before scopes', { scopes: ['openid', 'read:notes'], permissions: ['write:notes'] }, ['write:notes']],
    ['nothing with an empty list of permissions', { scopes: ['read:notes'], permissions: [] }, []],
    ['a permission that is called like a scope of the provider', { permissions: ['email'] }, ['email']],
    ['each of them once', { permissions: ['a', 'b', 'a'] }, ['a', 'b']],
    ['nothing that no handler can ask for', { permissions: ['a b', 'a\u0000', '"a"', 'ä', '', 'a'.repeat(257)] }, []],
    ['a list even where none of it can be asked for', { scopes: ['ä'] }, []],
  ])('a person is %s', (_name, claims, scopes) => expect(granted(claims)).toEqual(scopes));

  it('a machine is always a list', () => {
    expect(granted({}, true)).toEqual([]);
    expect(granted({ scopes: ['openid'] }, true)).toEqual([]);
    expect(granted({ scopes: ['read:notes'] }, true)).toEqual(['read:notes']);
    expect(granted({ scopes: ['read:notes'], permissions: [] }, true)).toEqual([]);
  });
});
