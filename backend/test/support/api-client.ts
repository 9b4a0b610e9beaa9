/** An account as answers show it. */
export interface AccountBody {
  id: string;
  email: string | null;
  email_verified: boolean;
  name: string | null;
  picture: string | null;
  provider: string;
}

/** A note as answers show it. */
export interface NoteBody {
  id: string;
  text: string;
  created_at: string;
}

/** The fields of all bodies together; which of them are there, the test knows. */
export interface ApiBody extends AccountBody, NoteBody {
  type: string;
  title: string;
  status: number | string;
  code: string;
  detail: string;
  token: string;
  token_type: string;
  expires_at: string;
  expires_in: number;
  is_new_account: boolean;
  account: AccountBody;
  notes: NoteBody[];
  database: string;
  redis: string;
  revocations: { feed: string; bus: string };
  providers: { name: string; status: string; keysAgeSeconds?: number }[];
}

/** An answer of the API, its body read. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; without fields if it is empty or no JSON. */
  body: ApiBody;
}

/** A request to the API. */
export interface ApiRequest {
  method?: string;
  /** Sent as `Authorization: Bearer …`. */
  token?: string;
  /** Sent as JSON; a text is sent as it is. */
  json?: unknown;
  headers?: Record<string, string>;
}

/** Sends a request; the method is POST if there is a body, else GET. */
export async function callApi(url: string, request: ApiRequest = {}): Promise<ApiAnswer> {
  const { token, json, headers = {} } = request;
  const body = json === undefined || typeof json === 'string' ? json : JSON.stringify(json);
  const response = await fetch(url, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): ApiBody {
  try {
    return JSON.parse(text) as ApiBody;
  } catch {
    return {} as ApiBody;
  }
}
