import { ServerResponse } from 'node:http';
import { Answer, json, send } from '../endpoints/answer';
import { FaultKind } from './fault';

const HUGE_BYTES = 1_024 * 1_024;
const DRIP_MILLISECONDS = 100;

/** Sends one byte at a time, and never the last one. */
function drip(response: ServerResponse, { headers, body }: Answer): void {
  response.writeHead(200, headers);
  const bytes = body.slice(0, -1)[Symbol.iterator]();
  const timer = setInterval(() => {
    const { done, value } = bytes.next();
    response.write(done ? ' ' : value);
  }, DRIP_MILLISECONDS);
  response.on('close', () => clearInterval(timer));
}

/** Promises the whole body, sends half of it and drops the connection. */
function cut(response: ServerResponse, { headers, body }: Answer): void {
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

/** A good answer of more than a megabyte, whose length is not announced. */
function huge(response: ServerResponse, { headers, body }: Answer): void {
  const padding = `{"padding":"${'x'.repeat(HUGE_BYTES)}"${body.length > 2 ? ',' : ''}`;
  response.writeHead(200, headers);
  response.write(padding);
  response.end(body.slice(1));
}

const status = (code: number, headers: Record<string, string> = {}): Answer =>
  json(code, { error: 'demo_fault', status: code }, headers);

const page = '<!doctype html><title>Sign in to the hotel network</title><h1>Welcome</h1>';

/** Answers wrongly, in the given way, where `good` would have been the right answer. */
export function misbehave(fault: FaultKind, response: ServerResponse, good: Answer, redirectTo: string): void {
  const instead = (body: string, headers: Record<string, string> = {}): void =>
    send(response, { status: 200, headers: { ...good.headers, ...headers }, body });
  const faults: Record<FaultKind, () => void> = {
    '204': () => void response.writeHead(204).end(),
    '404': () => send(response, status(404)),
    '429': () => send(response, status(429, { 'retry-after': '1' })),
    '500': () => send(response, status(500)),
    '503': () => send(response, status(503, { 'retry-after': '1' })),
    hang: () => undefined,
    drip: () => drip(response, good),
    cut: () => cut(response, good),
    reset: () => void response.socket?.resetAndDestroy(),
    malformed: () => instead('{"keys":[{"kty":"RSA","n":'),
    html: () => instead(page, { 'content-type': 'text/html' }),
    empty: () => instead(''),
    'no-keys': () => instead('{"keys":[]}'),
    array: () => instead('[]'),
    'cached-garbage': () => instead('{"message":"It works!"}', { 'cache-control': 'public, max-age=86400' }),
    huge: () => huge(response, good),
    redirect: () => void response.writeHead(302, { location: redirectTo }).end(),
  };
  faults[fault]();
}
