import { knownCodes, refusalMessage } from './refusal.messages';

const backendCodes = [
  'invalid_request',
  'provider_token_invalid',
  'provider_token_expired',
  'provider_token_too_old',
  'provider_token_not_yet_valid',
  'provider_token_wrong_audience',
  'provider_token_wrong_issuer',
  'provider_token_wrong_kind',
  'auth0_audience_missing',
  'authentication_required',
  'invalid_token',
  'account_disabled',
  'insufficient_scope',
  'not_found',
  'method_not_allowed',
  'email_in_use',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'internal_error',
  'provider_unavailable',
  'database_unavailable',
];
const nextAuthCodes = ['Signin', 'OAuthSignin', 'OAuthCallback', 'Callback', 'AccessDenied', 'Configuration'];

describe('the words for a refusal', () => {
  it.each([...backendCodes, ...nextAuthCodes])('exist for %s', (code) => {
    expect(knownCodes.has(code)).toBe(true);
  });

  it.each([...knownCodes])('%s: say what happened and what to do, without a code or a status', (code) => {
    const { title, advice } = refusalMessage(code);
    expect(title).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
    expect(`${title} ${advice}`).not.toMatch(/[a-z]_[a-z]|\d{3}|token/i);
  });

  it.each(['', 'made-up', '__proto__', 'constructor', '<script>alert(1)</script>'])(
    'are the general ones for %p',
    (code) => {
      expect(refusalMessage(code)).toEqual(refusalMessage('unexpected'));
    },
  );

  it('name the provider that an address belongs to', () => {
    expect(refusalMessage('email_in_use', 'Google').advice).toContain('continue with Google');
    expect(refusalMessage('invalid_token', 'Google').advice).not.toContain('Google');
  });
});
