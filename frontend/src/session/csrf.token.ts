import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A new value for next-auth's CSRF cookie: the token and its hash with our secret. Pages whose forms work without
 * scripts need it at their first view, before next-auth was ever asked.
 */
export function newCsrfCookie(secret: string): string {
  const token = randomBytes(32).toString('hex');
  return `${token}|${hash(token, secret)}`;
}

/** The token that a form must repeat, or undefined where the cookie was not made with our secret. */
export function csrfTokenOf(cookie: string | undefined, secret: string): string | undefined {
  const [token, mac, ...rest] = cookie?.split('|') ?? [];
  if (!token || !mac || rest.length > 0) return undefined;
  const expected = Buffer.from(hash(token, secret));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

function hash(token: string, secret: string): string {
  return createHash('sha256').update(`${token}${secret}`).digest('hex');
}
