import { request as sendRequest } from 'node:http';
import type { ApiBody } from '../../support/api-client';

/** What a visitor wants. */
export interface Visit {
  method?: string;
  token?: string;
  json?: object;
  headers?: Record<string, string>;
  /** The loopback address that the visitor comes from. */
  from?: string;
}

/** What a visitor got. */
export interface VisitAnswer {
  status: number;
  body: ApiBody;
}

/** Sends one request on a connection of its own, so that the end of a kept connection is nobody's fault. */
export function visit(url: string, { token, json, from, ...wish }: Visit = {}): Promise<VisitAnswer> {
  const text = json === undefined ? undefined : JSON.stringify(json);
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(text !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }),
    ...wish.headers,
  };
  const method = wish.method ?? (text === undefined ? 'GET' : 'POST');
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, { method, headers, agent: false, localAddress: from });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: bodyOf(Buffer.concat(chunks)) }));
    });
    request.end(text);
  });
}

function bodyOf(bytes: Buffer): ApiBody {
  try {
    return JSON.parse(bytes.toString()) as ApiBody;
  } catch {
    return {} as ApiBody;
  }
}
