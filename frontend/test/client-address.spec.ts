import { clientAddress } from '../server/client-address.cjs';

describe("the visitor's address", () => {
  it('H8 is the socket’s, whatever X-Forwarded-For says', () => {
    expect(clientAddress('203.0.113.9', '198.51.100.1', 0)).toBe('203.0.113.9');
  });

  it.each([
    [1, '198.51.100.3'],
    [2, '198.51.100.2'],
    [3, '198.51.100.1'],
    [4, ''],
  ])('H8 is the entry that the outermost of %i proxies appended', (hops, address) => {
    expect(clientAddress('10.0.0.1', '198.51.100.1, 198.51.100.2 ,198.51.100.3', hops)).toBe(address);
  });

  it('is unknown behind a proxy that says nothing', () => {
    expect(clientAddress('10.0.0.1', undefined, 1)).toBe('');
    expect(clientAddress(undefined, undefined, 0)).toBe('');
  });

  it.each([
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['203.0.113.9:4711', '203.0.113.9'],
  ])('is bare: %s becomes %s', (given, address) => {
    expect(clientAddress(given, undefined, 0)).toBe(address);
  });
});
