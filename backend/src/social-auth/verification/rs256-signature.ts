import { compactVerify } from 'jose';
import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import { SIGNATURE_ALGORITHM } from './jose-header';
import type { VerificationKey } from './key-set';

/**
 * Proves the signature of a token whose header has been checked.
 *
 * @throws ProviderTokenRefusedError `provider_token_invalid`
 */
export async function verifyRs256Signature(token: string, { key }: VerificationKey): Promise<void> {
  try {
    await compactVerify(token, key, { algorithms: [SIGNATURE_ALGORITHM] });
  } catch (cause) {
    throw new ProviderTokenRefusedError('provider_token_invalid', 'the signature does not verify', cause);
  }
}
