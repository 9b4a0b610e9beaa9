import { ProviderUnavailableError } from '../errors/social-auth.error';

/** The longest that one request to a provider may take, from the first packet to the last, in milliseconds. */
export const FETCH_DEADLINE_MS = 3_000;

/** The largest answer that is read, in bytes after decompression. */
export const MAXIMUM_ANSWER_BYTES = 262_144;

/** An answer of a provider, whatever its status. */
export interface BoundedAnswer {
  status: number;
  body: string;
  headers: Headers;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > MAXIMUM_ANSWER_BYTES) throw new Error(`the answer is larger than ${MAXIMUM_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Asks a provider: one deadline over everything, a cap on the size, redirects not followed.
 *
 * @param init its `signal` may end the request earlier: one deadline over several requests.
 * @throws ProviderUnavailableError if no complete answer came in time.
 */
export async function fetchBounded(url: string, init: RequestInit = {}): Promise<BoundedAnswer> {
  const deadline = AbortSignal.timeout(FETCH_DEADLINE_MS);
  const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    return { status: response.status, body: await readBounded(response), headers: response.headers };
  } catch (cause) {
    throw new ProviderUnavailableError(`${new URL(url).origin} did not answer`, cause);
  }
}

/**
 * Reads an answer of status 200 as a JSON object.
 *
 * @throws ProviderUnavailableError for any other status or content: the provider is not what it should be.
 */
export function jsonObjectOf(
  { status, body }: Pick<BoundedAnswer, 'status' | 'body'>,
  subject: string,
): Readonly<Record<string, unknown>> {
  if (status !== 200) throw new ProviderUnavailableError(`${subject} answered ${status}`);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ProviderUnavailableError(`${subject} is not JSON`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ProviderUnavailableError(`${subject} is not a JSON object`);
}
