import { defineProvider } from '../../social-auth';
import { faultsOf, itRefuses, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';
import { Expects } from './variables/expects.decorator';

describe('the settings of providers', () => {
  it('mount the providers whose variables are set, and no others', () => {
    const { definitions, settings } = loadSettings(LEAST).providers;
    expect(definitions.map(({ name }) => name)).toEqual(['google']);
    expect(Object.keys(settings)).toEqual(['google']);
  });

  it('take a provider that nobody here has heard of', () => {
    class ThirdVariables {
      @Expects('a tenant', (value) => value.length > 2)
      THIRD_TENANT?: string;
    }
    const third = defineProvider({
      name: 'third',
      title: 'Third',
      variables: ThirdVariables,
      settings: ({ THIRD_TENANT: tenant }) => (tenant === undefined ? undefined : { tenant }),
      controller: class {},
      createStrategy: () => ({ verify: () => Promise.reject(new Error('not needed here')) }),
    });
    expect(loadSettings({ ...LEAST, THIRD_TENANT: ' acme ' }, [third]).providers.settings).toEqual({
      third: { tenant: 'acme' },
    });
    expect(() => loadSettings({ ...LEAST, THIRD_TENANT: 'x' }, [third])).toThrow('THIRD_TENANT: expected a tenant');
    expect(() => loadSettings(LEAST, [third])).toThrow('Third (THIRD_TENANT, …)');
  });

  it('refuse to start without any provider', () => {
    expect(faultsOf({ GOOGLE_CLIENT_ID: '' })).toEqual([expect.stringMatching(/no provider.*Auth0.*Google/)]);
  });

  itRefuses([
    [
      'an issuer without TLS in production',
      { NODE_ENV: 'production', GOOGLE_ISSUER: 'http://issuer.example' },
      'GOOGLE_ISSUER',
    ],
    [
      'an issuer on this machine in production',
      { NODE_ENV: 'production', GOOGLE_ISSUER: 'https://127.0.0.1:3002/google' },
      'GOOGLE_ISSUER',
    ],
  ]);
});
