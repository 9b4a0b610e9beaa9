import { compactVerify } from 'jose';
import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import { SIGNATURE_ALGORITHM } from './jose-header';
import type { VerificationKey } from './key-set';
import { quoted } from './quoted-value';

/**
 * Proves the signature of a token whose header has been checked.
 *
 * @throws ProviderTokenRefusedError `provider_token_invalid`
 */
export async function verifyRs256Signature(token: string, { kid, key }: VerificationKey): Promise<void> {
  try {
    await compactVerify(token, key, { algorithms: [SIGNATURE_ALGORITHM] });
  } catch (cause) {
    throw new ProviderTokenRefusedError('provider_token_invalid', 'the signature does not verify', cause).because(
      () => `kid was ${quoted(kid)}, which is known; the signature does not verify with that key.`,
    );
  }
}
