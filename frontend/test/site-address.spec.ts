import { listenAddress, pinForwardedHeaders } from '../server/site-address.cjs';

describe('where the site listens', () => {
  it.each([
    [{ NEXTAUTH_URL: 'http://localhost:3000' }, '127.0.0.1', 3000],
    [{ NEXTAUTH_URL: 'http://localhost:8080', HOST: '0.0.0.0' }, '0.0.0.0', 8080],
    [{ NEXTAUTH_URL: 'https://app.example.com' }, '127.0.0.1', 3000],
    [{ NEXTAUTH_URL: 'nonsense', HOST: ' ' }, '127.0.0.1', 3000],
    [{}, '127.0.0.1', 3000],
  ])('%p', (variables, host, port) => {
    expect(listenAddress(variables)).toMatchObject({ host, port });
  });
});

describe('what a request says of the site', () => {
  it('F10 is what the settings say', () => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      forwarded: 'host=evil.example',
    };
    pinForwardedHeaders(headers, new URL('https://app.example.com'));
    expect(headers).toEqual({
      'x-forwarded-host': 'app.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    });
  });
});
