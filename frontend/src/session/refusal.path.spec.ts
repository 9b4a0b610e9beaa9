import { linkErrorCode, pathAfterRefusal, providerErrorCode, refusalPath } from './refusal.path';

const providers = [
  { id: 'google', title: 'Google' },
  { id: 'auth0', title: 'Auth0' },
];

describe('the address that explains a refusal', () => {
  it('carries the code alone', () => {
    const detail = 'Somebody wrote <b>much</b>';
    expect(refusalPath({ code: 'internal_error', detail }, providers, 'google')).toBe('/sign-in?error=internal_error');
  });

  it('names the provider that would have worked', () => {
    const refusal = { code: 'email_in_use', detail: 'Sign in with Google' };
    expect(refusalPath(refusal, providers, 'auth0')).toBe('/sign-in?error=email_in_use&provider=google');
  });

  it('never sends a person back to the provider that they just used', () => {
    const refusal = { code: 'email_in_use', detail: 'Another Google account holds this address' };
    expect(refusalPath(refusal, providers, 'google')).toBe('/sign-in?error=email_in_use');
  });
});

describe('the error with which a provider sends a person back', () => {
  it.each([
    ['access_denied', 'access_denied'],
    ['temporarily_unavailable', 'provider_unreachable'],
    ['server_error', 'provider_unreachable'],
    ['login_required', 'provider_refused'],
    ['<script>', 'provider_refused'],
  ])('%s becomes %s', (error, code) => {
    expect(providerErrorCode(error)).toBe(code);
  });
});

describe('where an action that was refused leads', () => {
  it.each([
    ['last_identity', 409, '/account/identities?error=last_identity'],
    ['backend_unavailable', 0, '/account/identities?error=backend_unavailable'],
    ['invalid_token', 401, '/session/ended'],
    ['authentication_required', 401, '/session/ended'],
    ['unexpected', 401, '/session/ended'],
    ['provider_token_expired', 401, '/account/identities?error=provider_token_expired'],
    [
      'insufficient_user_authentication',
      401,
      '/sign-in?error=insufficient_user_authentication&callbackUrl=%2Faccount%2Fidentities',
    ],
  ])('after %s (%i): %s', (code, status, path) => {
    expect(pathAfterRefusal({ code, status }, '/account/identities')).toBe(path);
  });
});

describe('the error with which a provider sends back a person who wanted to link', () => {
  it.each([
    ['access_denied', 'link_cancelled'],
    ['login_required', 'link_cancelled'],
    ['server_error', 'provider_unreachable'],
  ])('%s becomes %s', (error, code) => {
    expect(linkErrorCode(error)).toBe(code);
  });
});
