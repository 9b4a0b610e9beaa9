import type { ProviderDescription } from '../../errors/refusal-explanation';
import { issuersOf } from './auth0-bearer-form';
import type { Auth0Settings } from './auth0.settings';

/** What is accepted of an Auth0 tenant. */
export function describeAuth0(settings: Auth0Settings): ProviderDescription {
  return {
    issuers: issuersOf(settings),
    audience: settings.audience,
    audienceSetting: 'AUTH0_AUDIENCE',
  };
}
