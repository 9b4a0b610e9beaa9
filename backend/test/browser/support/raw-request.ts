import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** A request with headers that no browser would send. */
export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** The answer to a raw request; redirects are not followed. */
export interface RawAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Sends a request just as it is given, `Host` included. */
export async function rawRequest(
  address: string,
  { method = 'GET', headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const { host, port, pathname, search } = new URL(address);
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path: `${pathname}${search}`,
    method,
    headers: { Host: host, ...headers },
  });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text };
}
