import { auth0, google } from './built-in';
import type { ProviderDefinition } from './provider-definition';
import { counterpartLookup } from './same-person';

const settings = {
  google: { clientIds: ['web'] },
  auth0: {
    domain: 'tenant.example',
    clientIds: ['web'],
    issuers: ['https://first.example/', 'https://second.example/'],
  },
};
const counterparts = counterpartLookup([google, auth0] as ProviderDefinition[], settings);
const of = (provider: string, subject: string): unknown =>
  counterparts({ provider, issuer: 'https://any.example/', subject });

describe('one person at two providers, by the subject,', () => {
  it('is found at Google from Auth0, under the issuer that is stored', () => {
    expect(of('auth0', 'google-oauth2|1234')).toEqual([{ issuer: 'https://accounts.google.com', subject: '1234' }]);
  });

  it('is found at Auth0 from Google', () => {
    expect(of('google', '1234')).toEqual([{ issuer: 'https://first.example/', subject: 'google-oauth2|1234' }]);
  });

  it.each([
    'auth0|1234',
    'google-oauth2|',
    'google-oauth2|12|34',
    'google-oauth2|wanda@acme.example',
    'Google-oauth2|1234',
    'x|google-oauth2|1234',
    'google-oauth2|1234\n',
    'google-apps|wanda@acme.example',
    '1234',
  ])('is nobody for %p of Auth0', (subject) => expect(of('auth0', subject)).toEqual([]));

  it('is nobody for a subject of Google that is no number', () => expect(of('google', 'a|b')).toEqual([]));

  it('is nobody at a provider that is not mounted', () => {
    expect(
      counterpartLookup(
        [google] as ProviderDefinition[],
        settings,
      )({ ...{ provider: 'google', issuer: '' }, subject: '1' }),
    ).toEqual([]);
    expect(of('tenant', '1234')).toEqual([]);
  });
});
