import { ProviderSettingsError } from './provider-definition';
import { checkedSecret, secretFaults } from './provider-secrets';

const GOOD = '3f8a1c9de7b24650';
const faultsOf = (value: string | undefined, production: boolean): readonly string[] =>
  secretFaults({ APP_SECRET: value }, { production });

describe('L4 the secret of an application', () => {
  it.each([true, false])('is any long text that repeats little (production: %s)', (production) => {
    expect(faultsOf(GOOD, production)).toEqual([]);
  });

  it.each(['changeme', 'x'.repeat(40), 'abcabcabc'.repeat(4), GOOD.slice(1)])(
    'is no placeholder in production, and may be one outside: %p',
    (value) => {
      expect(faultsOf(value, false)).toEqual([]);
      const [fault = ''] = faultsOf(value, true);
      expect(fault).toMatch(/^APP_SECRET: expected the secret .* at least 16 characters/);
      expect(fault).not.toContain(value);
    },
  );

  it.each([undefined, '', 'a secret', `${GOOD}\n`, `${GOOD}\u0000`, 'gehéim'])(
    'is nothing that a header cannot carry: %p',
    (value) => {
      const faults = ['APP_SECRET: expected the secret of the application, without white space'];
      expect(faultsOf(value, false)).toEqual(faults);
      expect(faultsOf(value, true)).toEqual(faults);
      expect(() => checkedSecret('x', value)).toThrow(ProviderSettingsError);
    },
  );

  it.each([null, 7, ['a'], {}])('is no %j of a host', (value) => {
    expect(() => checkedSecret('x', value)).toThrow('x: expected the secret of the application');
  });
});
