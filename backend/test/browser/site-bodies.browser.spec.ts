import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { RawConnection } from '../support/raw-http';
import { describeInBrowser } from './support/describe-in-browser';
import { csrfPair, FORM } from './support/forms';
import { buildFrontend } from './support/frontend-build';
import { rawRequest } from './support/raw-request';
import { SiteProcess, siteVariables } from './support/site-process';
import { signIn } from './support/sign-in.steps';

const SENDERS = 40;
const MEGABYTES = 8;
const PIECES_OF_64_KB = MEGABYTES * 16;
const piece = 'a'.repeat(64 * 1_024);

describe('forms that never come to an end', () => {
  let site: SiteProcess;
  let address: string;
  let senders: RawConnection[] = [];

  beforeAll(async () => {
    await buildFrontend();
    const port = await freePort();
    address = `http://localhost:${port}`;
    site = SiteProcess.start(siteVariables(address));
    await site.listening();
    // What the first request of each kind takes for good shall not count.
    const { cookie, token } = await csrfPair(address);
    const headers = { 'Content-Type': FORM, Cookie: cookie };
    await rawRequest(`${address}/api/auth/signout`, { method: 'POST', headers, body: `csrfToken=${token}` });
  }, 480_000);
  afterEach(() => {
    for (const sender of senders) sender.destroy();
  });
  afterAll(() => site.stop());

  /** Sends 8 MB of a form, as far as they are taken, and not its end. */
  const send = async (headers: string[], wrap: (text: string) => string): Promise<RawConnection> => {
    const sender = await RawConnection.open(address);
    sender.send(
      'POST /api/auth/signin/google HTTP/1.1',
      'Host: localhost',
      `Content-Type: ${FORM}`,
      ...headers,
      '',
      '',
    );
    for (let count = 0; count < PIECES_OF_64_KB; count++) sender.send(wrap(piece));
    return sender;
  };
  const sendAll = async (headers: string[], wrap: (text: string) => string): Promise<void> => {
    senders = await Promise.all(Array.from({ length: SENDERS }, () => send(headers, wrap)));
  };

  it('H2 are refused at once where they say how long they are', async () => {
    await sendAll([`Content-Length: ${PIECES_OF_64_KB * piece.length + 1}`], (text) => text);
    await eventually(() => expect(senders.flatMap(({ statuses }) => statuses)).toEqual(Array(SENDERS).fill(413)));
  });

  it('D6 take little memory, no service from others, and come to an end', async () => {
    const before = site.memory;
    await sendAll(['Transfer-Encoding: chunked'], (text) => `${text.length.toString(16)}\r\n${text}\r\n`);
    expect((await rawRequest(`${address}/sign-in`, {})).status).toBe(200);
    const closed = await Promise.all(senders.map((sender) => sender.closed(50_000)));
    // A third of what was sent: what is kept of a form ends far below that, whatever the collector has left.
    expect(site.memory - before).toBeLessThan((SENDERS * MEGABYTES) / 3);
    expect(closed).toEqual(Array(SENDERS).fill(true));
  });
});

describeInBrowser('the longest note', {}, (stage) => {
  it.each([true, false])('passes through a form, with scripts: %p', async (javaScriptEnabled) => {
    const text = '\u20ac'.repeat(1_000);
    const page = await stage.newPage({ javaScriptEnabled });
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter', from: '/sign-in?callbackUrl=/notes' });
    await page.getByLabel('New note').fill(text);
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Note added.').waitFor();
    await page.reload();
    expect(await page.locator('.note-text').first().textContent()).toBe(text);
  });
});
