/** Schemes under which a token may be sent: `Token` is what clients of Django REST Framework send. */
export const AUTH_SCHEMES = ['Bearer', 'Token'] as const;

/** One of {@link AUTH_SCHEMES}. */
export type AuthScheme = (typeof AUTH_SCHEMES)[number];

/** What a request says about its token. */
export type PresentedToken =
  { kind: 'absent' } | { kind: 'malformed'; detail: string } | { kind: 'present'; token: string };

/** A request as far as its headers go, on either HTTP adapter. */
export interface HeaderSource {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawHeaders?: readonly string[];
  /** Fastify keeps Node's own request here. */
  raw?: { rawHeaders?: readonly string[] };
}

/** token68 of RFC 7235, which RFC 6750 calls b64token. */
const CREDENTIALS = /^([A-Za-z]+)(?: +([A-Za-z0-9._~+/-]+=*))? *$/;

function countAuthorization(rawHeaders: readonly string[] | undefined): number {
  let count = 0;
  for (let index = 0; index < (rawHeaders?.length ?? 0); index += 2) {
    const name = rawHeaders?.[index];
    // Compared by length first: this runs for every request.
    if (name?.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count;
}

/** The usual spelling is compared first: this runs for every request. */
const isOurs = (scheme: string, schemes: readonly AuthScheme[]): boolean =>
  schemes.includes(scheme as AuthScheme) || schemes.some((ours) => ours.toLowerCase() === scheme.toLowerCase());

/**
 * Reads the token from the Authorization header and from nowhere else: query, body and cookies are ignored.
 *
 * Two Authorization headers are counted in the raw headers, because Node keeps the first alone. [RFC 6750 2.1, 3.1]
 */
export function presentedToken(request: HeaderSource, schemes: readonly AuthScheme[]): PresentedToken {
  const header = request.headers.authorization;
  if (header === undefined) return { kind: 'absent' };
  if (typeof header !== 'string' || countAuthorization((request.raw ?? request).rawHeaders) > 1) {
    return { kind: 'malformed', detail: 'Send the Authorization header once.' };
  }
  const [, scheme = header.split(' ', 1)[0] ?? '', token] = CREDENTIALS.exec(header) ?? [];
  if (!isOurs(scheme, schemes)) return { kind: 'absent' };
  if (token !== undefined) return { kind: 'present', token };
  return { kind: 'malformed', detail: 'The Authorization header does not have the form "Bearer <token>".' };
}
