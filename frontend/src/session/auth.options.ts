import type { NextAuthOptions } from 'next-auth';
import { openIdConnect } from '../providers/open-id-connect';
import { plainOAuth } from '../providers/plain-oauth';
import type { ConfiguredProvider } from '../providers/sign-in.provider';
import type { FrontendSettings } from '../settings/frontend.settings';
import type { ApiSession } from './api.session';
import { checkCookies } from './check.cookies';
import { authLogger } from './frontend.log';
import { DEFAULT_RETURN_PATH, returnUrl } from './return.url';
import { SESSION_MAX_AGE, sessionCodec } from './session.codec';
import type { ProviderProof } from './sign-in.exchange';

/** What next-auth cannot know by itself about the request that it handles. */
export interface AuthRequestContext {
  /** Whether the provider must ask the person anew, even if it still knows them. */
  mustAskAnew?: boolean;
  /** Called with what a provider said; true signs in, a string is where to send the person instead. */
  onProof(proof: ProviderProof): Promise<true | string>;
  /** Called at a sign-in that succeeded, with the new session made and the old one still known. */
  onSignIn(): Promise<void>;
  /** Called at a sign-out that carried the CSRF token, while the session still exists. */
  onSignOut(session: ApiSession | undefined): Promise<void>;
}

/** next-auth's options for one request, at the address of one provider or of none. */
export function authOptions(
  settings: FrontendSettings,
  context: AuthRequestContext,
  provider?: ConfiguredProvider,
): NextAuthOptions {
  const { mustAskAnew = false } = context;
  return {
    secret: settings.secret,
    providers: settings.providers.map((one) =>
      one.oauth ? plainOAuth(one, one.oauth, { mustAskAnew }) : openIdConnect(one, { mustAskAnew }),
    ),
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/account?notice=confirm_sign_out' },
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE },
    jwt: { ...sessionCodec(), maxAge: SESSION_MAX_AGE },
    cookies: checkCookies(settings.origin, provider),
    logger: authLogger,
    callbacks: authCallbacks(settings, context),
    events: {
      signIn: () => context.onSignIn(),
      signOut: ({ token }) => context.onSignOut(token?.apiSession),
    },
  };
}

function authCallbacks(settings: FrontendSettings, context: AuthRequestContext): NextAuthOptions['callbacks'] {
  return {
    signIn: ({ account, user }) => context.onProof({ account, user }),
    // Only the backend's answer is kept: the provider's tokens and claims end here.
    jwt: ({ token, account }) => (account?.apiSession ? { apiSession: account.apiSession } : token),
    session: ({ session, token }) => visibleSession(settings, session.expires, token.apiSession),
    redirect: ({ url, baseUrl }) => (returnUrl(url, baseUrl) ?? new URL(DEFAULT_RETURN_PATH, baseUrl)).href,
  };
}

/** What `/api/auth/session`, and so `useSession`, tells the browser. */
export function visibleSession(
  settings: Pick<FrontendSettings, 'exposeApiToken'>,
  expires: string,
  session: ApiSession | undefined,
): { user?: { name: string | null; email: string | null; image: string | null }; expires: string; authToken?: string } {
  if (!session) return { expires };
  const { name, email, picture } = session.account;
  return {
    user: { name, email, image: picture },
    expires: new Date(Math.min(Date.parse(expires), session.expiresAt * 1_000)).toISOString(),
    ...(settings.exposeApiToken && { authToken: session.token }),
  };
}
