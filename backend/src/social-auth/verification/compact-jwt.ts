import { ProviderTokenRefusedError } from '../errors/social-auth.error';

/** The longest token that is looked at, in characters. */
export const MAXIMUM_TOKEN_LENGTH = 16_384;

/** A JSON object whose members must be read with {@link ownMember}. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A compact JWS taken apart; nothing in it has been proven. */
export interface CompactJwt {
  token: string;
  header: JsonObject;
  claims: JsonObject;
}

const BASE64URL = /^[A-Za-z0-9_-]+$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const refused = (reason: string, cause?: unknown): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason, cause);

/** A member of a parsed JSON object, never one that its prototype lends. [RFC 8725 3.7] */
export function ownMember(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether a string has the look of a JWS or JWE, whole or damaged, so that it is never taken for an opaque token. */
export function looksLikeJwt(token: string): boolean {
  const end = token.indexOf('.');
  if (end === -1) return false;
  return Buffer.from(token.slice(0, Math.min(end, 8)), 'base64url')
    .toString('latin1')
    .trimStart()
    .startsWith('{');
}

function decodeSegment(segment: string, name: string): Buffer {
  if (!BASE64URL.test(segment)) throw refused(`the ${name} is not base64url`);
  const bytes = Buffer.from(segment, 'base64url');
  // Several strings decode to the same bytes; accepting one alone keeps "the same token" the same string.
  if (bytes.toString('base64url') !== segment) throw refused(`the ${name} is not canonical base64url`);
  return bytes;
}

function parseObject(bytes: Buffer, name: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    // Without the cause: its message quotes the token.
    throw refused(`the ${name} is not UTF-8 JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused(`the ${name} is not an object`);
  return value as JsonObject;
}

/**
 * Takes a compact JWS apart, strictly: three canonical base64url segments, header and claims UTF-8 JSON objects.
 *
 * Of duplicate members the last one counts, as everywhere that reads the token afterwards. [RFC 7515 4, 7.1]
 *
 * @throws ProviderTokenRefusedError `provider_token_invalid`
 */
export function parseCompactJwt(token: string): CompactJwt {
  if (token.length > MAXIMUM_TOKEN_LENGTH) {
    throw refused('the token is too long').because(
      () => `It has ${token.length} characters; expected: at most ${MAXIMUM_TOKEN_LENGTH}.`,
    );
  }
  const segments = token.split('.', 6);
  if (segments.length !== 3) {
    throw refused('the token has not three segments').because(
      () => `It has ${token.split('.').length} segments; expected: three, those of a signed JWT.`,
    );
  }
  const [header = '', claims = '', signature = ''] = segments;
  decodeSegment(signature, 'signature');
  return {
    token,
    header: parseObject(decodeSegment(header, 'header'), 'header'),
    claims: parseObject(decodeSegment(claims, 'payload'), 'payload'),
  };
}
