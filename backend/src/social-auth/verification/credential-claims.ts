import { ownMember, type JsonObject } from './compact-jwt';
import type { VerifiedCredential } from './verified-credential';

/** A claim that is a string, or nothing. */
export function stringClaim(claims: JsonObject, name: string): string | undefined {
  const value = ownMember(claims, name);
  return typeof value === 'string' ? value : undefined;
}

/**
 * `auth_time`, if it is a number. Nobody proves anything later than the provider says so: one that lies ahead would keep
 * an old token fresh, and one beyond all calendars could not be stored.
 */
function provenAt(claims: JsonObject, issuedAt: number): Date | undefined {
  const value = ownMember(claims, 'auth_time');
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return new Date(Math.min(Math.max(value, 0), issuedAt) * 1000);
}

/** A space-separated `scope` claim as a list, or nothing. */
export function scopesClaim(claims: JsonObject): readonly string[] | undefined {
  return stringClaim(claims, 'scope')?.split(' ').filter(Boolean);
}

/** The texts of a `permissions` claim that is a list, or nothing. */
export function permissionsClaim(claims: JsonObject): readonly string[] | undefined {
  const value = ownMember(claims, 'permissions');
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined;
}

/** The times, nonce, id and session of a JWT whose `exp` and `iat` have been checked. */
export function contextOf(
  claims: JsonObject,
): Pick<VerifiedCredential, 'issuedAt' | 'expiresAt' | 'authTime' | 'nonce' | 'tokenId' | 'sessionId'> {
  return {
    issuedAt: new Date(Number(ownMember(claims, 'iat')) * 1000),
    expiresAt: new Date(Number(ownMember(claims, 'exp')) * 1000),
    authTime: provenAt(claims, Number(ownMember(claims, 'iat'))),
    nonce: stringClaim(claims, 'nonce'),
    tokenId: stringClaim(claims, 'jti') ?? stringClaim(claims, 'at_hash'),
    sessionId: stringClaim(claims, 'sid'),
  };
}
