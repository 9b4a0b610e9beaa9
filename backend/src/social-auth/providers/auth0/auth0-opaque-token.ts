import { looksLikeJwt } from '../../verification/compact-jwt';

const SHORT_OPAQUE_TOKEN = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * Whether a string is an access token that Auth0 issued without an API audience: a short random string, or a JWE that
 * only the tenant itself can open (five segments, `alg: dir`).
 */
export function isOpaqueAccessToken(token: string): boolean {
  if (SHORT_OPAQUE_TOKEN.test(token)) return true;
  const [header = '', key = '', ...rest] = token.split('.', 6);
  if (rest.length !== 3 || key !== '' || !looksLikeJwt(token)) return false;
  return /"alg"\s*:\s*"dir"/.test(Buffer.from(header, 'base64url').toString('latin1'));
}
