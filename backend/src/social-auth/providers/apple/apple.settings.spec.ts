import { settingsFaults } from '../../../../test/support/settings-faults';
import { appleSettings, type AppleSettings, type AppleVariables } from './apple.settings';

const read = (variables: AppleVariables, production = false): AppleSettings | undefined =>
  appleSettings(variables, { production });

const faultsOf = (variables: AppleVariables, production = false): readonly string[] =>
  settingsFaults(() => read(variables, production));

const twin: AppleVariables = {
  APPLE_CLIENT_ID: 'com.example.site',
  APPLE_ISSUER: 'http://127.0.0.1:3002/apple',
  APPLE_JWKS_URI: 'http://127.0.0.1:3002/apple/auth/keys',
};

describe('the settings of Apple', () => {
  it('are none where no variable is set', () => expect(read({})).toBeUndefined());

  it('need a client id and take Apple’s own addresses for the rest', () => {
    const APPLE_CLIENT_ID = 'com.example.site,com.example.app;platform=ios;nonce=required';
    expect(read({ APPLE_CLIENT_ID }, true)).toEqual({
      clientIds: ['com.example.site', { id: 'com.example.app', platform: 'ios', nonce: 'required' }],
      issuers: undefined,
      jwksUri: undefined,
    });
  });

  it('take every address from its variable', () => {
    expect(read(twin)).toEqual({
      clientIds: ['com.example.site'],
      issuers: [twin.APPLE_ISSUER],
      jwksUri: twin.APPLE_JWKS_URI,
    });
  });

  it.each(['APPLE_ISSUER', 'APPLE_JWKS_URI'] as const)('have a fault when %s is set without a client id', (name) => {
    expect(faultsOf({ [name]: 'https://apple.example/' })).toEqual([
      'APPLE_CLIENT_ID: expected one or several client ids, comma separated',
    ]);
  });

  it('have all faults at once, each with its variable', () => {
    const broken = { APPLE_CLIENT_ID: ',', APPLE_ISSUER: 'issuer,http://evil.example', APPLE_JWKS_URI: 'x' };
    expect(faultsOf(broken).map((fault) => fault.split(':')[0])).toEqual([
      'APPLE_CLIENT_ID',
      'APPLE_JWKS_URI',
      'APPLE_ISSUER',
      'APPLE_ISSUER',
    ]);
  });

  it('refuse addresses on this machine in production, by the name of every variable', () => {
    expect(faultsOf(twin, true).map((fault) => fault.split(':')[0])).toEqual(['APPLE_JWKS_URI', 'APPLE_ISSUER']);
  });
});
