import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { ConfiguredProvider } from './sign-in.provider';

/** The claims of an ID token that next-auth's own session fields are filled from. */
interface IdTokenClaims {
  sub: string;
  name?: string;
  email?: string;
  picture?: string;
}

const PROVIDER_TIMEOUT_MS = 5_000;

/** The next-auth side of a provider: authorization code flow with PKCE, state and nonce, addresses from discovery. */
export function openIdConnect(provider: ConfiguredProvider, { mustAskAnew = false } = {}): OAuthConfig<IdTokenClaims> {
  // Where the provider knows `max_age`, 0 makes it ask who is there, and say in the ID token when it did. [Core 3.1.2.1]
  const freshness = mustAskAnew ? { max_age: 0 } : {};
  const { scope = 'openid email profile', answersByForm = false } = provider;
  const answer = answersByForm ? { response_mode: 'form_post' } : {};
  return {
    id: provider.id,
    name: provider.title,
    type: 'oauth',
    wellKnown: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope, ...answer, ...freshness } },
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    profile: ({ sub, name, email, picture }) => ({ id: sub, name, email, image: picture }),
  };
}
