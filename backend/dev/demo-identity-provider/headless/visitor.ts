/** The little of a browser that a sign-in needs: cookies with paths, and redirects one by one. */
export class Visitor {
  private readonly cookies = new Map<string, { path: string; value: string }>();

  /** Opens an address, without following a redirect. */
  async open(address: string): Promise<Response> {
    return this.request(address, { method: 'GET' });
  }

  /** Sends a form. */
  async submit(address: string, fields: Record<string, string>): Promise<Response> {
    return this.request(address, { method: 'POST', body: new URLSearchParams(fields) });
  }

  private async request(address: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(address);
    const cookies = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path));
    const cookie = cookies.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { ...init, headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    this.cookies.set(name, { value, path: /; *path=([^;]+)/i.exec(line)?.[1] ?? '/' });
  }
}

/** Where a redirect leads. */
export async function redirectOf(response: Response): Promise<string> {
  const page = await response.text();
  const location = response.headers.get('location');
  if (!location) throw new Error(`Expected a redirect from ${response.url}, got ${response.status}: ${page}`);
  return new URL(location, response.url).href;
}
