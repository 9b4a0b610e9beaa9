import type { ExecutionContext } from '@nestjs/common';
import { codeOf } from '../../../../test/support/refusal-of';
import { JsonBodyGuard } from './json-body.guard';

const context = (headers: Record<string, string>): ExecutionContext =>
  ({ switchToHttp: () => ({ getRequest: () => ({ headers }) }) }) as unknown as ExecutionContext;
const lets = (headers: Record<string, string>): boolean => new JsonBodyGuard().canActivate(context(headers));

describe('a body that is let in', () => {
  it.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json ;x=y'])(
    'H1 is %s',
    (type) => expect(lets({ 'content-type': type })).toBe(true),
  );

  it.each(['identity', 'IDENTITY'])('H2 may be said to be %s', (encoding) =>
    expect(lets({ 'content-type': 'application/json', 'content-encoding': encoding })).toBe(true),
  );

  it.each([
    {},
    { 'content-type': '' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=application/json' },
    { 'content-type': 'application/jsonp' },
    { 'content-type': 'application/json+x' },
    { 'content-type': 'text/plain; application/json' },
    { 'content-type': ' application/json, text/plain' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'application/json', 'content-encoding': 'identity, gzip' },
    { 'content-type': 'application/json', 'content-encoding': '' },
  ])('H1 H2 is not %j', async (headers) =>
    expect(await codeOf(() => lets(headers as Record<string, string>))).toBe('unsupported_media_type'),
  );
});
