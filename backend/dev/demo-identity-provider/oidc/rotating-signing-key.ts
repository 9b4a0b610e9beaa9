import { createPublicKey, KeyObject, sign } from 'node:crypto';
import { SigningKeys } from '../keys/signing-keys';
import { ExternalSigningKey } from './oidc-library';

/** Lets oidc-provider sign with whichever key of the ring is current: its own key store is fixed at construction. */
export class RotatingSigningKey extends ExternalSigningKey {
  constructor(private readonly keys: SigningKeys) {
    super();
  }

  override get kid(): string {
    return this.keys.current.kid;
  }

  override get alg(): string {
    return 'RS256';
  }

  override keyObject(): KeyObject {
    return createPublicKey(this.keys.current.privateKey);
  }

  override sign(data: Uint8Array): Uint8Array {
    return sign('sha256', data, this.keys.current.privateKey);
  }
}
