import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Forge } from '../forge';
import type { BenignRequest, HostileRequest, RequestParts } from '../hostile-entry';

const UNSUPPORTED = '415 unsupported_media_type';
const JSON_TYPE = 'application/json';

const body = (forge: Forge): string => JSON.stringify({ id_token: forge.token() });

/** A good body under another name. */
const typed =
  (contentType: string | undefined) =>
  (forge: Forge): RequestParts => ({
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body: body(forge),
  });

/** A good body in another encoding, truthfully or not. */
const encoded =
  (encoding: string, encode: (text: string) => Uint8Array | string = (text) => text) =>
  (forge: Forge): RequestParts => ({
    headers: { 'content-type': JSON_TYPE, 'content-encoding': encoding },
    body: encode(body(forge)),
  });

const types: (string | undefined)[] = [
  undefined,
  'text/plain',
  'text/plain; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/json',
  'text/html',
  'application/xml',
  'application/jsonp',
  'application/json5',
  'application/ld+json',
  'application/vnd.api+json',
  'application/jwt',
  'application/octet-stream',
  'application',
  '*/*',
  'text/plain, application/json',
  'text/plain;application/json',
];

const encodings: [string, (forge: Forge) => RequestParts][] = [
  ['gzip', encoded('gzip', gzipSync)],
  ['deflate', encoded('deflate', deflateSync)],
  ['Brotli', encoded('br', brotliCompressSync)],
  ['gzip in capitals', encoded('GZIP', gzipSync)],
  ['gzip twice', encoded('gzip, gzip', (text) => gzipSync(gzipSync(text)))],
  ['gzip by name only', encoded('gzip')],
  ['identity and gzip', encoded('identity, gzip', gzipSync)],
  ['something unheard of', encoded('x-none')],
  ['a bomb of 20 MB in 20 KB', encoded('gzip', () => gzipSync(Buffer.alloc(20_000_000, '[')))],
];

const elsewhere: [string, (forge: Forge) => RequestParts][] = [
  ['in the query', (forge) => ({ path: `/auth/${forge.provider}?id_token=${forge.token()}` })],
  [
    'in the query, beside an empty object',
    (forge) => ({ path: `/auth/${forge.provider}?id_token=${forge.token()}`, body: '{}' }),
  ],
  [
    'in a cookie',
    (forge) => ({ headers: { 'content-type': JSON_TYPE, cookie: `id_token=${forge.token()}` }, body: '{}' }),
  ],
  ['in a header', (forge) => ({ headers: { 'content-type': JSON_TYPE, 'x-id-token': forge.token() }, body: '{}' })],
  [
    'in the Authorization header',
    (forge) => ({ headers: { 'content-type': JSON_TYPE, authorization: `Bearer ${forge.token()}` }, body: '{}' }),
  ],
];

const methods = ['GET', 'PUT', 'PATCH', 'DELETE'];

/** H1, H2, H7: good bodies under a wrong name, in another encoding, in another place, by another method. */
export const envelopes: HostileRequest[] = [
  ...types.map((type): HostileRequest => ({
    title: `H1 a good body as ${type ?? 'nothing in particular'}`,
    request: typed(type),
    refused: UNSUPPORTED,
  })),
  ...encodings.map(([name, request]): HostileRequest => ({
    title: `H2 a good body in ${name}`,
    request,
    refused: UNSUPPORTED,
  })),
  ...elsewhere.map(([name, request]): HostileRequest => ({
    title: `M12 a good token ${name}`,
    request,
    refused: '400 invalid_request',
  })),
  ...methods.map((method): HostileRequest => ({
    title: `H7 a good body by ${method}`,
    request: (forge) => ({ method, ...typed(JSON_TYPE)(forge) }),
    refused: '405 method_not_allowed',
  })),
  ...['x-http-method-override', 'x-method-override', 'x-http-method'].map((header): HostileRequest => ({
    title: `G5 a GET that ${header} calls a POST`,
    request: (forge) => ({
      method: 'GET',
      headers: { 'content-type': JSON_TYPE, [header]: 'POST' },
      body: body(forge),
    }),
    refused: '405 method_not_allowed',
  })),
  {
    title: 'M12 a provider that is not mounted',
    request: (forge) => ({ path: '/auth/github', body: body(forge) }),
    refused: '404 not_found',
  },
  {
    title: 'M12 a provider of a prototype',
    request: (forge) => ({ path: '/auth/__proto__', body: body(forge) }),
    refused: '404 not_found',
  },
  {
    title: 'G5 the route with something behind it',
    request: (forge) => ({ path: `/auth/${forge.provider}/callback`, body: body(forge) }),
    refused: '404 not_found',
  },
];

/** What differs from these by one thing only. */
export const soundEnvelopes: BenignRequest[] = [
  { title: 'H1 a good body as application/json', request: typed(JSON_TYPE) },
  { title: 'H1 a good body as application/json; charset=utf-8', request: typed('application/json; charset=utf-8') },
  { title: 'H1 a good body as Application/JSON', request: typed('Application/JSON') },
  { title: 'H2 a good body in identity', request: encoded('identity') },
  {
    title: 'G2 a good body beside a bad token in the Authorization header of a public route',
    request: (forge) => ({ headers: { 'content-type': JSON_TYPE, authorization: 'Bearer junk' }, body: body(forge) }),
  },
];
