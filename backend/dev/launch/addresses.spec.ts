import { addressesOf, portOf } from './addresses';

const hrefs = (variables: Record<string, string>): string[] =>
  Object.values(addressesOf(variables)).map((url: URL) => url.href);

it('takes the usual ports when nothing is said', () => {
  expect(hrefs({ PORT: ' ', NEXTAUTH_URL: '' })).toEqual([
    'http://127.0.0.1:3001/',
    'http://127.0.0.1:3000/',
    'http://localhost:3000/',
  ]);
});

it('lets NEXTAUTH_URL choose where the frontend listens, also behind a proxy', () => {
  expect(hrefs({ NEXTAUTH_URL: 'http://localhost:4000' })[1]).toBe('http://127.0.0.1:4000/');
  expect(hrefs({ NEXTAUTH_URL: 'https://app.example.com' }).slice(1)).toEqual([
    'http://127.0.0.1:3000/',
    'https://app.example.com/',
  ]);
});

it.each([
  ['0.0.0.0', 'http://127.0.0.1:3001/'],
  ['::', 'http://[::1]:3001/'],
  ['::1', 'http://[::1]:3001/'],
])('reaches a backend that listens on %s', (HOST, expected) => {
  expect(hrefs({ HOST })[0]).toBe(expected);
});

it('names the variable that is wrong', () => {
  for (const NEXTAUTH_URL of ['nonsense', 'localhost:3600', 'ftp://localhost'])
    expect(() => addressesOf({ NEXTAUTH_URL })).toThrow('NEXTAUTH_URL');
  for (const PORT of ['0', '65536', '1.5', 'x']) expect(() => portOf({ PORT }, 'PORT', 1)).toThrow('PORT');
});
