import { settingsFaults } from '../../../../test/support/settings-faults';
import { microsoftSettings, type MicrosoftSettings, type MicrosoftVariables } from './microsoft.settings';

const CONTOSO = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const FABRIKAM = 'b4c546a4-7dac-46a6-a7dd-ed822a11efd3';
const MICROSOFT_CLIENT_ID = '6731de76-14a6-49ae-97bc-6eba6914391e';
const at = (tenant: string): string => `https://login.microsoftonline.com/${tenant}/v2.0`;

const read = (variables: MicrosoftVariables, production = true): MicrosoftSettings | undefined =>
  microsoftSettings(variables, { production });

const faultsOf = (variables: MicrosoftVariables, production = true): readonly string[] =>
  settingsFaults(() => read(variables, production)).map((fault) => fault.split(':')[0] ?? '');

describe('the settings of Microsoft', () => {
  it('are none where no variable is set', () => expect(read({})).toBeUndefined());

  it('need a client id alone', () => {
    expect(read({ MICROSOFT_CLIENT_ID })).toEqual({
      clientIds: [MICROSOFT_CLIENT_ID],
      issuer: undefined,
      allowedTenants: undefined,
    });
  });

  it.each(['common', 'organizations', 'consumers', CONTOSO])('take %s', (tenant) => {
    expect(read({ MICROSOFT_CLIENT_ID, MICROSOFT_ISSUER: at(tenant) })?.issuer).toBe(at(tenant));
  });

  it('take a list of tenants', () => {
    const MICROSOFT_ALLOWED_TENANTS = `${CONTOSO}, ${FABRIKAM}`;
    expect(read({ MICROSOFT_CLIENT_ID, MICROSOFT_ALLOWED_TENANTS })?.allowedTenants).toEqual([CONTOSO, FABRIKAM]);
  });

  it.each<[string, MicrosoftVariables]>([
    ['MICROSOFT_CLIENT_ID', { MICROSOFT_ISSUER: at('common') }],
    ['MICROSOFT_CLIENT_ID', { MICROSOFT_ALLOWED_TENANTS: CONTOSO }],
    ['MICROSOFT_ISSUER', { MICROSOFT_CLIENT_ID, MICROSOFT_ISSUER: at('contoso.example') }],
    ['MICROSOFT_ISSUER', { MICROSOFT_CLIENT_ID, MICROSOFT_ISSUER: `https://sts.windows.net/${CONTOSO}/` }],
    ['MICROSOFT_ALLOWED_TENANTS', { MICROSOFT_CLIENT_ID, MICROSOFT_ALLOWED_TENANTS: 'contoso.example' }],
    ['MICROSOFT_ALLOWED_TENANTS', { MICROSOFT_CLIENT_ID, MICROSOFT_ALLOWED_TENANTS: CONTOSO.toUpperCase() }],
    ['MICROSOFT_ALLOWED_TENANTS', { MICROSOFT_CLIENT_ID, MICROSOFT_ALLOWED_TENANTS: ' , ' }],
    [
      'MICROSOFT_ALLOWED_TENANTS',
      { MICROSOFT_CLIENT_ID, MICROSOFT_ISSUER: at(CONTOSO), MICROSOFT_ALLOWED_TENANTS: FABRIKAM },
    ],
  ])('have a fault of %s in %j', (name, variables) => expect(faultsOf(variables)).toEqual([name]));

  it('have all faults at once', () => {
    const broken = { MICROSOFT_CLIENT_ID: ',', MICROSOFT_ISSUER: 'x', MICROSOFT_ALLOWED_TENANTS: 'y' };
    expect(new Set(faultsOf(broken))).toEqual(new Set(Object.keys(broken)));
  });

  it('refuse an authority on this machine in production alone', () => {
    const twin = { MICROSOFT_CLIENT_ID, MICROSOFT_ISSUER: 'http://127.0.0.1:3002/common/v2.0' };
    expect(faultsOf(twin)).toEqual(['MICROSOFT_ISSUER']);
    expect(faultsOf(twin, false)).toEqual([]);
    expect(faultsOf({ ...twin, MICROSOFT_ISSUER: 'http://login.example/common/v2.0' }, false)).toEqual([
      'MICROSOFT_ISSUER',
    ]);
  });
});
