import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { ConfiguredProvider } from './sign-in.provider';

/** What a provider has in the place of OpenID Connect. */
export interface PlainOAuth {
  authorizationUrl: string;
  tokenUrl: string;
  /** What is asked for, separated as the provider wants it. */
  scope: string;
  /** What its answer is checked by, as far as the provider takes part. */
  checks: ('pkce' | 'state')[];
  /** What makes the provider ask the person anew. */
  askAnew: Readonly<Record<string, string>>;
  /** What it calls itself in the answer to an authorization request. [RFC 9207] */
  answerIssuer: string;
}

const PROVIDER_TIMEOUT_MS = 5_000;

/**
 * The next-auth side of a provider without ID tokens: authorization code flow for an access token. Nobody here asks for
 * the profile behind it: the backend does, once it knows for whom the token was issued.
 */
export function plainOAuth(
  provider: ConfiguredProvider,
  { authorizationUrl, tokenUrl, scope, checks, askAnew, answerIssuer }: PlainOAuth,
  { mustAskAnew = false } = {},
): OAuthConfig<object> {
  return {
    id: provider.id,
    name: provider.title,
    type: 'oauth',
    issuer: answerIssuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    checks,
    authorization: { url: authorizationUrl, params: { scope, ...(mustAskAnew ? askAnew : {}) } },
    token: tokenUrl,
    userinfo: { request: () => Promise.resolve({}) },
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    // next-auth wants an id; the person's is in the backend's answer.
    profile: () => ({ id: provider.id }),
  };
}
