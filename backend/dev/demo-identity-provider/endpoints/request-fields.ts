import { IncomingMessage } from 'node:http';

const MAX_BYTES = 64 * 1_024;

/** Thrown when a body is not a form or a flat JSON object of strings. */
export class UnreadableBodyError extends Error {}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new UnreadableBodyError('The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): Map<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new UnreadableBodyError('The body is not a JSON object.');
    return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch (cause) {
    throw new UnreadableBodyError('The body is not JSON.', { cause });
  }
}

/** The fields of a request: its query, overlaid by its form or JSON body. */
export async function readFields(request: IncomingMessage): Promise<Map<string, string>> {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  if (request.method !== 'POST') return new Map(query);
  const text = await readText(request);
  const isJson = request.headers['content-type']?.startsWith('application/json');
  return new Map([...query, ...(isJson ? parseJson(text) : new URLSearchParams(text))]);
}
