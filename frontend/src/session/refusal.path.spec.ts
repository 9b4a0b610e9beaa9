import { providerErrorCode, refusalPath } from './refusal.path';

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
