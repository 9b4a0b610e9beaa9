import { hash } from 'node:crypto';
import type { VerifiedCredential } from '../verification/verified-credential';
import type { NonceRule } from './provider-client';

/**
 * What becomes of a credential's nonce: nobody looks at it, it is consumed if it was issued here, it must have been
 * issued here, or the credential has none where it needs one.
 */
export type NonceDecision =
  { kind: 'ignore' } | { kind: 'consume'; claim: string; mustBeIssued: boolean } | { kind: 'refuse'; reason: string };

const refuse = (reason: string): NonceDecision => ({ kind: 'refuse', reason });

/**
 * Decides by the rule of the client to which the credential was issued. Where nobody looks at nonces, a request that
 * asks for it is refused: it must not be told that all is well.
 *
 * @param asked whether the body of the request says that the nonce must be one of ours.
 */
export function decideNonce(
  rule: NonceRule,
  { kind, nonce }: Pick<VerifiedCredential, 'kind' | 'nonce'>,
  asked: boolean,
): NonceDecision {
  if (rule === 'off') return asked ? refuse('nonces are off for this client, and one is required') : { kind: 'ignore' };
  const mustBeIssued = rule === 'required' || asked;
  // What an access token calls nonce was never bound to a sign-in.
  if (kind === 'id_token' && nonce !== undefined) return { kind: 'consume', claim: nonce, mustBeIssued };
  if (!mustBeIssued) return { kind: 'ignore' };
  const lack = kind === 'id_token' ? 'the ID token has no nonce' : 'an access token has no nonce';
  return refuse(`${lack}, and one is required`);
}

const HEX_DIGEST = /^[0-9a-f]{64}$/i;
const BASE64URL_DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/**
 * What SHA-256 of the issued nonce is, if a claim is the nonce itself or its SHA-256 in hexadecimal or base64url: SDKs
 * for iOS send the provider the hash alone.
 */
export function issuedHashesOf(claim: string): Buffer[] {
  const hashes = [hash('sha256', claim, 'buffer')];
  if (HEX_DIGEST.test(claim)) hashes.push(Buffer.from(claim, 'hex'));
  if (BASE64URL_DIGEST.test(claim)) hashes.push(Buffer.from(claim, 'base64url'));
  return hashes;
}
