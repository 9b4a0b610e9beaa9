import { createServer } from 'node:net';
import { once } from 'node:events';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { buildFrontend } from './support/frontend-build';
import { rawRequest, type RawAnswer } from './support/raw-request';
import { SiteProcess, siteSecret as secret, siteVariables as variables } from './support/site-process';

// By name alone: the types of next-auth bring those of Next into the whole backend.
const { encode } = jest.requireActual<{ encode: (params: object) => Promise<string> }>('next-auth/jwt');

function cookiesOf({ headers }: RawAnswer): Map<string, string[]> {
  const lines = (headers['set-cookie'] ?? []).map((line) => line.split(';').map((part) => part.trim()));
  return new Map(lines.map(([pair = '', ...attributes]) => [pair.split('=')[0] ?? '', attributes]));
}

describe('the process of the site', () => {
  beforeAll(() => buildFrontend(), 480_000);

  describe('for an address with https', () => {
    let site: SiteProcess;
    let address: string;
    beforeAll(async () => {
      const port = await freePort();
      address = `http://127.0.0.1:${port}`;
      site = SiteProcess.start(variables(`https://app.example.com:${port}`));
      await site.listening();
    });
    afterAll(() => site.stop());

    const secure = expect.arrayContaining([
      'Secure',
      'HttpOnly',
      'Path=/',
      expect.stringMatching(/^SameSite=lax$/i),
    ]) as unknown;

    it('F2 gives the CSRF cookie the prefix __Host-', async () => {
      const cookies = cookiesOf(await rawRequest(`${address}/`, {}));
      expect([...cookies]).toEqual([['__Host-next-auth.csrf-token', secure]]);
      expect(cookies.get('__Host-next-auth.csrf-token')?.join()).not.toMatch(/domain/i);
    });

    it('F2 gives the session cookie the prefix __Secure- and a lifetime of a day', async () => {
      const expiresAt = Math.floor(Date.now() / 1_000) + 600;
      const account = { id: 'a', email: null, name: 'Ada', picture: null, provider: 'google' };
      const cookie = await encode({ secret, token: { apiSession: { token: 'nte_x', expiresAt, account } } });
      const headers = { Cookie: `__Secure-next-auth.session-token=${cookie}` };
      const answer = await rawRequest(`${address}/api/auth/session`, { headers });
      expect(JSON.parse(answer.body)).toMatchObject({ expires: new Date(expiresAt * 1_000).toISOString() });
      expect(cookiesOf(answer).get('__Secure-next-auth.session-token')).toEqual(secure);
    });

    it('F2 takes no session from a cookie without the prefix', async () => {
      const expiresAt = Math.floor(Date.now() / 1_000) + 600;
      const account = { id: 'a', email: null, name: 'Ada', picture: null, provider: 'google' };
      const cookie = await encode({ secret, token: { apiSession: { token: 'nte_x', expiresAt, account } } });
      const answer = await rawRequest(`${address}/`, { headers: { Cookie: `next-auth.session-token=${cookie}` } });
      expect(answer.body).not.toContain('Hello, ');
    });

    it('H6 tells browsers to stay with https', async () => {
      const { headers } = await rawRequest(`${address}/`, {});
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
      expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    });
  });

  it('L4 does not start on wrong settings, and names every fault at once', async () => {
    const site = SiteProcess.start({ NEXTAUTH_URL: 'nowhere', NEXTAUTH_SECRET: 'short', AUTH0_CLIENT_ID: 'a' });
    expect(await site.exitCode()).toBe(1);
    for (const name of ['NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'AUTH0_CLIENT_SECRET', 'AUTH0_DOMAIN'])
      await eventually(() => expect(site.output).toContain(`${name}: expected`));
    expect(site.output).not.toContain('short\n');
  });

  it('says in one line that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const site = SiteProcess.start(variables(`http://localhost:${port}`));
    expect(await site.exitCode()).toBe(1);
    await eventually(() => expect(site.output).toContain(`cannot listen on 127.0.0.1:${port}`));
    server.close();
  });

  it('U9 ends cleanly when it is asked to', async () => {
    const site = SiteProcess.start(variables(`http://localhost:${await freePort()}`));
    await site.listening();
    expect(await site.stop()).toBe(0);
  });

  it('ends with the process that forked it', async () => {
    const site = SiteProcess.start(variables(`http://localhost:${await freePort()}`), { withChannel: true });
    await site.listening();
    site.disconnect();
    expect(await site.exitCode()).toBe(0);
  });
});
