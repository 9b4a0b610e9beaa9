import type { BearerForm } from '../verification/bearer-form';
import type { KeyStore } from '../verification/key-store';
import type { SocialAuthStrategy } from '../verification/verified-credential';

/** Injection token of the {@link BearerSource}s; none, where nothing but tokens of ours is taken. */
export const BEARER_SOURCES = 'SOCIAL_AUTH_BEARER_SOURCES';

/** A provider whose access tokens are taken as bearer tokens. */
export interface BearerSource {
  /** Name of the provider definition. */
  provider: string;
  form: BearerForm;
  strategy: SocialAuthStrategy;
  /** The keys with which the strategy verifies. */
  keys: Pick<KeyStore, 'provesForMs'>;
}
