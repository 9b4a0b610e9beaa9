import { canonicalAddress, listenAddress, pinForwardedHeaders } from '../server/site-address.cjs';

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

describe('the canonical address', () => {
  const site = new URL('http://localhost:3000');
  const at = (host: string | undefined, url = '/notes?a=b', origin = site): string | undefined =>
    canonicalAddress({ method: 'GET', url, headers: { host } }, origin);

  it.each(['127.0.0.1:3000', '[::1]:3000'])('of a page asked for at %s is the one in the settings', (host) => {
    expect(at(host)).toBe('http://localhost:3000/notes?a=b');
    expect(at(host, '//evil.example')).toBe('http://localhost:3000//evil.example');
  });

  it.each(['localhost:3000', 'evil.example', '127.0.0.1:3001', '%%%', '', undefined])('leaves %p alone', (host) => {
    expect(at(host)).toBeUndefined();
  });

  it('leaves forms, health checks and odd requests alone', () => {
    expect(at('127.0.0.1:3000', '/health/live')).toBeUndefined();
    expect(at('127.0.0.1:3000', 'http://evil.example/')).toBeUndefined();
    const form = { method: 'POST', url: '/', headers: { host: '127.0.0.1:3000' } };
    expect(canonicalAddress(form, site)).toBeUndefined();
  });

  it('leaves everything alone where the site is elsewhere', () => {
    expect(at('127.0.0.1:3000', '/', new URL('https://app.example.com:3000'))).toBeUndefined();
  });
});
