import type { ClaimCheck } from './claim-checks';
import type { CompactJwt } from './compact-jwt';
import { checkHeader } from './jose-header';
import type { VerificationKey } from './key-set';
import type { KeyStore } from './key-store';

/** What must hold of a token; composed by each provider from small parts. */
export interface JwtExpectations {
  /** Accepted values of `typ` in lower case; `undefined` among them accepts a token without. */
  types: readonly (string | undefined)[];
  checks: readonly ClaimCheck[];
  keyStore: KeyStore;
  /** Proves the signature, or throws a ProviderTokenRefusedError. */
  verifySignature(token: string, key: VerificationKey): Promise<void>;
}

/**
 * Verifies a token, the cheap checks first: form, header, claims, and only then key and signature, so that junk costs
 * neither a look at the keys nor an RSA operation.
 */
export async function verifyJwt(jwt: CompactJwt, expectations: JwtExpectations): Promise<void> {
  const kid = checkHeader(jwt.header, expectations.types);
  for (const check of expectations.checks) check(jwt.claims);
  const key = await expectations.keyStore.keyFor(kid);
  await expectations.verifySignature(jwt.token, key);
}
