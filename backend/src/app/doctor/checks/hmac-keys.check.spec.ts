import { keysFinding } from './hmac-keys.check';

it('counts keys and live tokens', () => {
  expect(keysFinding(['k2', 'k1'], [{ keyId: 'k1', count: 3 }])).toMatchObject({
    status: 'ok',
    message: '2 keys (k2, k1); live tokens: 3',
  });
  expect(keysFinding(['k1'], []).message).toBe('1 key (k1); live tokens: 0');
});

it('counts the tokens that a missing key has ended', () => {
  const tokens = [
    { keyId: 'k0', count: 2 },
    { keyId: 'k1', count: 3 },
    { keyId: 'kx', count: 4 },
  ];
  expect(keysFinding(['k1'], tokens)).toMatchObject({
    status: 'warn',
    message: '1 key (k1); 6 of 9 live tokens are under keys that are not configured (k0, kx)',
  });
});

it('wants a key', () => {
  expect(keysFinding([], []).status).toBe('fail');
});
