import { ProviderSettingsError } from '../provider-definition';
import { isInstanceName, oidcInstance, variablePrefix } from './oidc-instance';

describe('an instance', () => {
  it('has a name in addresses, one as a provider, one before its variables and a title', () => {
    expect(oidcInstance('entra-hr')).toEqual({ instance: 'entra-hr', name: 'oidc-entra-hr', title: 'Entra-hr' });
    expect(variablePrefix('entra-hr')).toBe('OIDC_ENTRA_HR_');
    expect(oidcInstance('hr', 'Human Resources').title).toBe('Human Resources');
  });

  it.each(['a', 'keycloak', 'okta2', 'entra-hr-2', 'a'.repeat(32)])('may be called %s', (name) => {
    expect(isInstanceName(name)).toBe(true);
  });

  it.each([
    '',
    'Okta',
    '2okta',
    '-a',
    'a-',
    'a--b',
    'a_b',
    'a b',
    'a/b',
    'a:b',
    '..',
    'a%2fb',
    ':provider',
    '*',
    'ä',
    'a\n',
    'a'.repeat(33),
  ])('is not called %j', (name) => {
    expect(isInstanceName(name)).toBe(false);
    expect(() => oidcInstance(name)).toThrow(ProviderSettingsError);
  });
});
