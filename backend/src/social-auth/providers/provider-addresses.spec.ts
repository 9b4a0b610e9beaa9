import { addressFaults, isLoopbackHost, isTrustworthyAddress, listOf } from './provider-addresses';

const development = { production: false };
const production = { production: true };

describe('a list in a variable', () => {
  it.each([
    [undefined, []],
    ['', []],
    [' , ,', []],
    ['one', ['one']],
    [' one ,two,, three ', ['one', 'two', 'three']],
  ])('%j is %j', (value, expected) => expect(listOf(value)).toEqual(expected));
});

describe('this machine', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.255.0.9',
    '[::1]',
    'localhost:3002',
    '127.0.0.1:80',
    '[::1]:80',
  ])('is %s', (host) => expect(isLoopbackHost(host)).toBe(true));

  it.each([
    'example.com',
    'localhost.example.com',
    '127.0.0.1.example.com',
    '10.0.0.1',
    '128.0.0.1',
    '[::2]',
    '',
    'a127.0.0.1',
  ])('is not %j', (host) => expect(isLoopbackHost(host)).toBe(false));
});

describe('an address of an issuer', () => {
  it.each([
    ['https://issuer.example/', true, true],
    ['https://issuer.example:8443/path', true, true],
    ['http://127.0.0.1:3002/google', true, false],
    ['http://localhost:3002/', true, false],
    ['https://127.0.0.1/', true, false],
    ['https://localhost/', true, false],
    ['https://[::1]/', true, false],
    // Spellings that the parser of addresses sees through.
    ['https://127.1/', true, false],
    ['https://0x7f.1/', true, false],
    ['https://2130706433/', true, false],
    ['https://LOCALHOST/', true, false],
    ['http://issuer.example/', false, false],
    ['http://127.0.0.1.example.com/', false, false],
    ['http://localhost@evil.example/', false, false],
    ['ftp://issuer.example/', false, false],
    ['file:///etc/passwd', false, false],
    ['javascript:alert(1)', false, false],
    ['issuer.example', false, false],
    ['//issuer.example', false, false],
    ['', false, false],
  ])('%s is trusted in development: %s, in production: %s', (address, inDevelopment, inProduction) => {
    expect(isTrustworthyAddress(address, development)).toBe(inDevelopment);
    expect(isTrustworthyAddress(address, production)).toBe(inProduction);
  });

  it('is named in a fault by its variable and by what was expected, never by its value', () => {
    const variables = { A_URI: 'http://user:secret@evil.example/', B_URI: undefined, C_URI: 'https://good.example/' };
    expect(addressFaults(variables, development)).toEqual(['A_URI: expected an https address, or http on loopback']);
    expect(addressFaults(variables, production)).toEqual(['A_URI: expected an https address that is not loopback']);
  });
});
