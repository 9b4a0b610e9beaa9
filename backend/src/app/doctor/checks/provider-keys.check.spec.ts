import { DemoIdentityProvider } from '../../../../dev/demo-identity-provider';
import { oidc, SystemClock } from '../../../social-auth';
import type { Patient } from '../doctor-check';
import type { Finding } from '../finding';
import { ProviderDiscoveryCheck } from './provider-discovery.check';
import { ProviderKeysCheck, variableOf } from './provider-keys.check';

describe('an issuer whose keys are discovered', () => {
  let idp: DemoIdentityProvider;
  let patient: Patient;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    const settings = { issuers: [idp.auth0.issuer], clientIds: ['web'] };
    const providers = { definitions: [oidc.instance('hr')], settings: { 'oidc-hr': settings } };
    patient = { settings: { providers } as unknown as Patient['settings'], faults: [], clock: new SystemClock() };
  });
  afterAll(() => idp.stop());
  beforeEach(() => idp.auth0.resetFaults());

  const found = async (check: ProviderKeysCheck | ProviderDiscoveryCheck): Promise<readonly Finding[]> =>
    (await Promise.all(check.inspections(patient).map(async (inspection) => inspection.look()))).flat();

  it('is well where its document and its keys are there', async () => {
    expect(await found(new ProviderKeysCheck())).toEqual([
      { status: 'ok', subject: 'oidc-hr keys', message: `1 usable RS256 key of 1 at ${idp.auth0.jwksUri}` },
      expect.objectContaining({ status: 'ok', subject: 'oidc-hr clock' }),
    ]);
    expect(await found(new ProviderDiscoveryCheck())).toEqual([
      { status: 'ok', subject: 'oidc-hr discovery', message: `its issuer is ${idp.auth0.issuer}` },
    ]);
  });

  it('is ill where the document is that of another one, and the mend names the variable', async () => {
    idp.auth0.fault('discovery', (_request, response) => response.end('{"issuer":"https://other.example/"}'));
    await expect(found(new ProviderKeysCheck())).rejects.toThrow('the discovery document is that of another issuer');
    expect(await found(new ProviderDiscoveryCheck())).toEqual([
      expect.objectContaining({
        status: 'fail',
        mend: expect.stringContaining('OIDC_HR_ISSUER') as string,
      }),
    ]);
  });
});

it.each([
  ['google', 'GOOGLE_ISSUER'],
  ['oidc-entra-hr', 'OIDC_ENTRA_HR_ISSUER'],
])('the issuer of %s is set by %s', (name, variable) => expect(variableOf(name, 'ISSUER')).toBe(variable));
