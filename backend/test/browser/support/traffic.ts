import type { Page, Response } from 'playwright-core';

/** One answer that a browser got. */
export interface Exchange {
  url: string;
  status: number;
  /** Each header line by itself: `Set-Cookie` comes more than once. */
  headers: { name: string; value: string }[];
  body: string;
}

/** Everything that went between a browser and the world. */
export class Traffic {
  private readonly pending: Promise<Exchange>[] = [];

  /** Records from now on. */
  static of(page: Page): Traffic {
    const traffic = new Traffic();
    page.context().on('response', (response) => traffic.pending.push(read(response)));
    return traffic;
  }

  /** All answers so far, of one origin if one is named. */
  async exchanges(origin = ''): Promise<Exchange[]> {
    const all = await Promise.all(this.pending);
    return all.filter(({ url }) => url.startsWith(origin));
  }
}

async function read(response: Response): Promise<Exchange> {
  const headers = await response.headersArray().catch(() => []);
  // A redirect has no body, and that of a page that was left at once is gone.
  const body = await response.text().catch(() => '');
  return { url: response.url(), status: response.status(), headers, body };
}

/** What scripts of the page could find in the browser. */
export function scriptVisible(page: Page): Promise<string> {
  return page.evaluate(
    `JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])`,
  );
}
