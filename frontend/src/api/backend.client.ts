import { BACKEND_UNAVAILABLE, refusalOf, type BackendResult } from './backend.result';

/** One request to the backend. */
export interface BackendRequest {
  method?: 'GET' | 'POST' | 'DELETE';
  /** The backend's token of the person on whose behalf we ask. */
  token?: string;
  /** Sent as JSON. */
  body?: object;
  headers?: Record<string, string>;
  /** How long to wait for the whole answer; 5,000 ms by default. */
  timeoutMs?: number;
}

/** Asks the backend; every outcome is a value: an answer that `read` understands, or a refusal. */
export async function askBackend<T>(
  baseUrl: string,
  path: string,
  request: BackendRequest,
  read: (body: unknown) => T | undefined,
): Promise<BackendResult<T>> {
  try {
    const response = await fetch(`${baseUrl}${path}`, requestInit(request));
    const body = await readJson(response);
    if (!response.ok) return { ok: false, refusal: refusalOf(response.status, body) };
    const value = read(body);
    if (value === undefined) return { ok: false, refusal: { code: 'unexpected', status: response.status } };
    return { ok: true, value };
  } catch {
    return { ok: false, refusal: BACKEND_UNAVAILABLE };
  }
}

/** For answers without a body that matters. */
export function ignoreBody(): true {
  return true;
}

function requestInit({ method = 'GET', token, body, headers, timeoutMs = 5_000 }: BackendRequest): RequestInit {
  return {
    method,
    headers: {
      Accept: 'application/json',
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    cache: 'no-store',
    // A token must not follow a redirect to wherever it points.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body && { body: JSON.stringify(body) }),
  };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
