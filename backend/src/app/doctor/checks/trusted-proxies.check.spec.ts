import { proxiesFinding } from './trusted-proxies.check';

it.each<[string, string[] | number | false, boolean, string]>([
  ['nobody, in development', false, false, 'ok'],
  ['nobody, in production', false, true, 'warn'],
  ['a range', ['10.0.0.0/8', '::1'], true, 'ok'],
  ['two proxies', 2, true, 'ok'],
  ['everybody', ['10.0.0.0/8', '0.0.0.0/0'], false, 'warn'],
  ['everybody, by their newer addresses', ['::/0'], true, 'warn'],
])('believing %s', (_whom, trustProxy, production, status) => {
  expect(proxiesFinding(trustProxy, production).status).toBe(status);
});
