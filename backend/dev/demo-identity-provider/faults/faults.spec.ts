import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { DemoIdentityProvider, FaultKind } from '..';

let idp: DemoIdentityProvider;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());
afterEach(() => idp.google.resetFaults());

async function get(address: string, patience = 2_000): Promise<Response> {
  return fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(patience) });
}

async function withFault(fault: FaultKind): Promise<Response> {
  idp.google.fault('jwks', fault);
  return get(idp.google.jwksUri);
}

describe('the key endpoint under a fault', () => {
  it.each(['204', '404', '429', '500', '503'] as const)('answers %s', async (fault) => {
    expect((await withFault(fault)).status).toBe(Number(fault));
  });

  it.each([
    ['malformed', '{"keys":[{"kty"'],
    ['html', '<!doctype html>'],
    ['empty', ''],
    ['no-keys', '{"keys":[]}'],
    ['array', '[]'],
    ['cached-garbage', '{"message"'],
  ] as const)('answers 200 with a wrong body: %s', async (fault, start) => {
    const answer = await withFault(fault);
    const body = await answer.text();
    expect([answer.status, body.slice(0, start.length), body.length > 0]).toEqual([200, start, start.length > 0]);
  });

  it('asks caches to keep its garbage', async () => {
    expect((await withFault('cached-garbage')).headers.get('cache-control')).toContain('max-age=86400');
  });

  it('hangs', async () => {
    idp.google.fault('jwks', 'hang');
    await expect(get(idp.google.jwksUri, 200)).rejects.toThrow('timeout');
  });

  it('drips, byte by byte', async () => {
    idp.google.fault('jwks', 'drip');
    const answer = await get(idp.google.jwksUri, 700);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('timeout');
  });

  it('drops the connection in the middle of the body', async () => {
    const answer = await withFault('cut');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it('resets the connection', async () => {
    await expect(withFault('reset')).rejects.toThrow('fetch failed');
  });

  it('sends good keys in more than a megabyte, without saying how long', async () => {
    const answer = await withFault('huge');
    const body = await answer.text();
    expect(answer.headers.get('content-length')).toBeNull();
    expect(body.length).toBeGreaterThan(1_024 * 1_024);
    expect(JSON.parse(body)).toHaveProperty('keys', idp.google.publishedKeys);
  });

  it('redirects to good keys, and counts who follows', async () => {
    const answer = await withFault('redirect');
    expect([answer.status, idp.google.hits('redirected')]).toEqual([302, 0]);
    const followed = await get(answer.headers.get('location') ?? '');
    expect(await followed.json()).toEqual({ keys: idp.google.publishedKeys });
    expect(idp.google.hits('redirected')).toBe(1);
  });
});

it('lets a test answer as it likes', async () => {
  idp.google.fault('jwks', (_request, response) => response.end('{"keys":[{"kty":"oct"}]}'));
  expect(await (await get(idp.google.jwksUri)).json()).toEqual({ keys: [{ kty: 'oct' }] });
});

it('counts what was asked of each endpoint, mends when told, and leaves the other issuer alone', async () => {
  idp.google.fault('tokeninfo', '500');
  idp.google.fault('userinfo', '503');
  const statuses = await Promise.all([
    get(`${idp.google.tokeninfoUri}?access_token=x`),
    get(idp.google.userinfoUri),
    get(idp.auth0.userinfoUri),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([500, 503, 401]);
  expect([idp.google.hits('tokeninfo'), idp.google.hits('userinfo'), idp.google.hits('jwks')]).toEqual([1, 1, 0]);
  idp.google.fault('tokeninfo', undefined);
  expect((await get(`${idp.google.tokeninfoUri}?access_token=x`)).status).toBe(400);
});

it('spoils the pages and endpoints of oidc-provider as well', async () => {
  idp.google.fault('discovery', '500');
  expect((await get(idp.google.discoveryUri)).status).toBe(500);
  idp.google.fault('discovery', undefined);
  expect((await get(idp.google.discoveryUri)).status).toBe(200);
});

it('refuses host names that are not loopback', async () => {
  const asked = request(idp.google.jwksUri, { headers: { host: `rebound.example:${idp.port}` } }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(421);
});

it('stops although a request hangs', async () => {
  const other = await DemoIdentityProvider.start();
  other.auth0.fault('jwks', 'hang');
  const hanging = expect(fetch(other.auth0.jwksUri)).rejects.toThrow('fetch failed');
  while (other.auth0.hits('jwks') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await other.stop();
  await hanging;
});
