import { errorCatalogue } from '../../../backend/src/social-auth/errors/error-catalogue';
import { backendCodes, knownCodes, refusalMessage } from './refusal.messages';

const nextAuthCodes = ['Signin', 'OAuthSignin', 'OAuthCallback', 'Callback', 'AccessDenied', 'Configuration'];

describe('the words for a refusal', () => {
  it('exist for the codes of the backend’s catalogue, and for no others of its', () => {
    expect([...backendCodes].sort()).toEqual(Object.keys(errorCatalogue).sort());
  });

  it.each(nextAuthCodes)('exist for %s', (code) => {
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
    const way = { otherProviderTitle: 'Google' };
    expect(refusalMessage('email_in_use', way).advice).toContain('continue with Google');
    expect(refusalMessage('invalid_token', way).advice).not.toContain('Google');
  });

  it('tell how an address leads to a link, where there can be one', () => {
    const way = { otherProviderTitle: 'Google', linkableProviderTitle: 'Auth0' };
    const advice = 'Sign in with Google, as before; then it can be linked with Auth0.';
    expect(refusalMessage('email_in_use', way).advice).toContain(advice);
    const unknown = refusalMessage('email_in_use', { linkableProviderTitle: 'Auth0' });
    expect(unknown.advice).toBe('Sign in the way you did before; then it can be linked with Auth0.');
  });
});
