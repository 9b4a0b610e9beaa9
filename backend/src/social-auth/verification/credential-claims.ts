import { ownMember, type JsonObject } from './compact-jwt';
import type { VerifiedCredential } from './verified-credential';

/** A claim that is a string, or nothing. */
export function stringClaim(claims: JsonObject, name: string): string | undefined {
  const value = ownMember(claims, name);
  return typeof value === 'string' ? value : undefined;
}

/** A claim in seconds since the Unix epoch as a date, or nothing. */
export function dateClaim(claims: JsonObject, name: string): Date | undefined {
  const value = ownMember(claims, name);
  return typeof value === 'number' && Number.isFinite(value) ? new Date(value * 1000) : undefined;
}

/** A space-separated `scope` claim as a list, or nothing. */
export function scopesClaim(claims: JsonObject): readonly string[] | undefined {
  return stringClaim(claims, 'scope')?.split(' ').filter(Boolean);
}

/** The times, nonce and session of a JWT whose `exp` and `iat` have been checked. */
export function contextOf(
  claims: JsonObject,
): Pick<VerifiedCredential, 'issuedAt' | 'expiresAt' | 'authTime' | 'nonce' | 'sessionId'> {
  return {
    issuedAt: new Date(Number(ownMember(claims, 'iat')) * 1000),
    expiresAt: new Date(Number(ownMember(claims, 'exp')) * 1000),
    authTime: dateClaim(claims, 'auth_time'),
    nonce: stringClaim(claims, 'nonce'),
    sessionId: stringClaim(claims, 'sid'),
  };
}
