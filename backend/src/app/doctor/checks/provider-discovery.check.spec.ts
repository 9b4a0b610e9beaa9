import { github, google, SystemClock, type ProviderDefinition } from '../../../social-auth';
import type { Patient } from '../doctor-check';
import { discoveryFinding, ProviderDiscoveryCheck } from './provider-discovery.check';

const expected = {
  name: 'auth0',
  issuers: ['https://login.example/', 'https://tenant.example/'],
  keyAddresses: ['https://tenant.example/keys'],
};

it.each([
  ['the same issuer and keys', { issuer: 'https://tenant.example/', jwks_uri: 'https://tenant.example/keys' }, 'ok'],
  ['no word of keys', { issuer: 'https://login.example/' }, 'ok'],
  ['keys elsewhere', { issuer: 'https://tenant.example/', jwks_uri: 'https://other.example/keys' }, 'warn'],
  ['another spelling of the issuer', { issuer: 'https://tenant.example' }, 'fail'],
  ['no issuer', { jwks_uri: 'https://tenant.example/keys' }, 'fail'],
])('%s', (_what, document, status) => {
  expect(discoveryFinding(document, expected).status).toBe(status);
});

it('shows both spellings and names the variable', () => {
  expect(discoveryFinding({ issuer: 'https://tenant.example' }, expected)).toMatchObject({
    message: 'its issuer is https://tenant.example; configured: https://login.example/, https://tenant.example/',
    mend: expect.stringContaining('AUTH0_ISSUER') as string,
  });
});

it('leaves out a provider that has no OpenID Connect', () => {
  const settings = { google: { clientIds: ['web'] }, github: { client: 'app', clientSecret: 'secret' } };
  const providers = { definitions: [google, github] as ProviderDefinition[], settings };
  const patient = { settings: { providers }, clock: new SystemClock() } as unknown as Patient;
  const subjects = new ProviderDiscoveryCheck().inspections(patient).map(({ subject }) => subject);
  expect(subjects).toEqual(['google discovery']);
});
