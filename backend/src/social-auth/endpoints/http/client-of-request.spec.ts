import { ClientPipe, ClientResolver, type ClientSource } from './client-of-request';

const SECRET = 'the-secret-of-the-frontend-in-tests';
const visitor = { 'x-client-address': '203.0.113.7', 'x-client-user-agent': 'Firefox of the visitor' };

function resolve(headers: ClientSource['headers'], secret: string | undefined = SECRET) {
  return new ClientResolver(secret).resolve({
    headers: { 'user-agent': 'node of the frontend', ...headers },
    ip: '10.0.0.5',
    id: 'request-1',
  });
}

const peer = { address: '10.0.0.5', userAgent: 'node of the frontend', requestId: 'request-1' };

describe('where a sign-in comes from', () => {
  it('is the visitor whom the frontend names, if it knows the secret', () => {
    expect(resolve({ ...visitor, 'x-frontend-secret': SECRET })).toEqual({
      address: '203.0.113.7',
      userAgent: 'Firefox of the visitor',
      requestId: 'request-1',
    });
    expect(resolve({ 'x-client-address': '2001:db8::7', 'x-frontend-secret': SECRET }).address).toBe('2001:db8::7');
  });

  it.each([
    ['no secret', undefined],
    ['another secret', 'the-secret-of-somebody-else-in-tests'],
    ['the beginning of the secret', SECRET.slice(0, -1)],
    ['the secret and something more', `${SECRET}x`],
    ['the secret in capitals', SECRET.toUpperCase()],
    ['an empty secret', ''],
    ['the secret twice', [SECRET, SECRET]],
  ])('H8 is the peer when the frontend shows %s', (_name, secret) => {
    expect(resolve({ ...visitor, 'x-frontend-secret': secret })).toEqual(peer);
  });

  it('H8 is the peer when no secret is configured, whatever is shown', () => {
    for (const shown of [undefined, '', 'undefined', SECRET]) {
      const resolver = new ClientResolver(undefined);
      const headers = { ...visitor, 'x-frontend-secret': shown, 'user-agent': 'node of the frontend' };
      expect(resolver.resolve({ headers, ip: '10.0.0.5', id: 'request-1' })).toEqual(peer);
    }
  });

  it('H8 is never what other forwarding headers say', () => {
    expect(resolve({ 'x-forwarded-for': '1.2.3.4', forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4' })).toEqual(peer);
  });

  it.each(['', 'localhost', '1.2.3.4, 5.6.7.8', '1.2.3.4:80', '999.1.1.1', '1.2.3', "'; drop table x;--", ['1.2.3.4']])(
    'is the peer when the frontend names no address but %j',
    (address) => {
      const { address: found } = resolve({ 'x-client-address': address, 'x-frontend-secret': SECRET });
      expect(found).toBe('10.0.0.5');
    },
  );
});

describe('the user agent', () => {
  const agentOf = (userAgent: string | string[] | undefined): string | undefined =>
    resolve({ 'user-agent': userAgent }).userAgent;

  it('L2 has no control characters, NUL above all, and at most 512 characters', () => {
    expect(agentOf('a\0b\nc\u001b[31md')).toBe('a b c [31md');
    expect(agentOf('x'.repeat(10_000))).toHaveLength(512);
  });

  it.each(['', '   ', '\n', undefined, ['a', 'b']])('is absent when it is %j', (userAgent) =>
    expect(agentOf(userAgent)).toBeUndefined(),
  );
});

it('has a request id only if the request has a textual one', () => {
  const pipe = new ClientPipe(new ClientResolver(undefined));
  expect(pipe.transform({ headers: {}, ip: '::1', id: 7 })).toEqual({
    address: '::1',
    userAgent: undefined,
    requestId: undefined,
  });
});
