import { createLocalJWKSet, JSONWebKeySet, jwtVerify, JWTVerifyResult } from 'jose';
import type { DemoIssuer } from '../demo-issuer';

/** A token as a stranger sees it: checked against the issuer's name and the keys that it publishes. */
export async function verified(issuer: DemoIssuer, token: string): Promise<JWTVerifyResult> {
  const keys = (await (await fetch(issuer.jwksUri)).json()) as JSONWebKeySet;
  return jwtVerify(token, createLocalJWKSet(keys), { issuer: issuer.issuer, algorithms: ['RS256'] });
}
