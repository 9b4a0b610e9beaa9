import { request as httpRequest } from 'node:http';
import type { ApiAnswer, ApiBody } from '../support/api-client';
import type { RequestParts } from './hostile-entry';

/** Sends a request whose body is any bytes at all, with no header but those that are named. */
export function sendRequest(url: string, parts: RequestParts): Promise<ApiAnswer> {
  const { method = 'POST', headers = { 'content-type': 'application/json' }, body } = parts;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const announced = bytes !== undefined && headers['transfer-encoding'] === undefined;
  const length = announced ? { 'content-length': String(bytes.length) } : {};
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const answered = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        const status = response.statusCode ?? 0;
        resolve({ status, headers: new Headers(answered), text, body: parsed(text) });
      });
    });
    // A refusal may come before the body is through; what was answered counts.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') reject(error);
    });
    sent.end(bytes);
  });
}

function parsed(text: string): ApiBody {
  try {
    return JSON.parse(text) as ApiBody;
  } catch {
    return {} as ApiBody;
  }
}
