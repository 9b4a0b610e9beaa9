import { describe as describeError } from './frontend.log';

describe('what the log says of an error of next-auth', () => {
  it('L1 leaves out tokens and addresses', () => {
    const token = `${'a'.repeat(40)}.${'b'.repeat(60)}.${'c'.repeat(86)}`;
    const error = new Error(`unexpected token ${token} of ada@example.com`);
    expect(describeError({ error, providerId: 'google' })).toEqual({
      provider: 'google',
      name: 'Error',
      message: 'unexpected token [redacted] of [redacted]',
    });
  });

  it('L2 keeps a message on one line', () => {
    expect(describeError(new TypeError('a\r\nb\u001b[31m')).message).toBe('a b [31m');
  });

  it('says nothing of what it does not know', () => {
    expect(describeError({ OAuthProfile: { email: 'ada@example.com' } })).toEqual({});
    expect(describeError(undefined)).toEqual({});
  });
});
