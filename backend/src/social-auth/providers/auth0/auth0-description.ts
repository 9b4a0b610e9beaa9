import type { ProviderDescription } from '../../errors/refusal-explanation';
import type { Auth0Settings } from './auth0.settings';

/** What is accepted of an Auth0 tenant. */
export function describeAuth0({ domain, issuers, audience }: Auth0Settings): ProviderDescription {
  return {
    issuers: issuers?.length ? issuers : [`https://${domain}/`],
    audience,
    audienceSetting: 'AUTH0_AUDIENCE',
  };
}
