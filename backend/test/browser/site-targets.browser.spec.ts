import { freePort } from '../support/free-port';
import { sendRaw } from '../support/raw-http';
import { buildFrontend } from './support/frontend-build';
import { SiteProcess, siteVariables } from './support/site-process';

const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: eA=='];

describe('the target of a request to the site', () => {
  let site: SiteProcess;
  let address: string;
  const ask = async (line: string, headers: string[] = ['Connection: close']): Promise<string> => {
    const { received } = await sendRaw(address, `${line} HTTP/1.1`, 'Host: localhost', ...headers, '', '');
    return received;
  };

  beforeAll(async () => {
    await buildFrontend();
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    site = SiteProcess.start(siteVariables(`http://localhost:${port}`));
    await site.listening();
    // Next prepares some of its work at the first request.
    expect(await ask('GET /')).toContain('200 OK');
  }, 480_000);
  afterAll(() => site.stop());

  it.each([
    'GET http://evil.example/account',
    'GET http://[::1',
    'GET //[::1',
    'GET /\\[::1',
    'GET *',
    'OPTIONS *',
    'HEAD *',
    'POST *',
  ])('G5 is refused in %s, without a word in the log', async (line) => {
    const before = site.output;
    const answer = await ask(line);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain('evil.example');
    expect(site.output).toBe(before);
  });

  it.each(['GET http://[::1', 'GET http://evil.example/account', 'GET *'])(
    'G5 is refused in %s that asks for another protocol',
    async (line) => {
      const before = site.output;
      expect(await ask(line, UPGRADE)).toMatch(/^HTTP\/1\.1 400 /);
      expect(site.output).toBe(before);
    },
  );

  it('D6 that leads nowhere is answered, whatever protocol it asks for', async () => {
    expect(await ask('GET /nowhere', UPGRADE)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('of an honest request reaches its page', async () => {
    expect(await ask('GET /sign-in?a=b')).toMatch(/^HTTP\/1\.1 200 /);
  });
});
