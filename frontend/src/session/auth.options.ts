import type { NextAuthOptions } from 'next-auth';
import type { Visitor } from '../api/token.exchange';
import { openIdConnect } from '../providers/open-id-connect';
import type { FrontendSettings } from '../settings/frontend.settings';
import type { ApiSession } from './api.session';
import { authLogger } from './frontend.log';
import { DEFAULT_RETURN_PATH, returnUrl } from './return.url';
import { SESSION_MAX_AGE, sessionCodec } from './session.codec';
import { exchangeAtSignIn } from './sign-in.exchange';

/** What next-auth cannot know by itself about the request that it handles. */
export interface AuthRequestContext {
  visitor: Visitor;
  /** Called at a sign-in that succeeded, with the new session made and the old one still known. */
  onSignIn(): Promise<void>;
  /** Called at a sign-out that carried the CSRF token, while the session still exists. */
  onSignOut(session: ApiSession | undefined): Promise<void>;
}

/** next-auth's options for one request. */
export function authOptions(settings: FrontendSettings, context: AuthRequestContext): NextAuthOptions {
  return {
    secret: settings.secret,
    providers: settings.providers.map(openIdConnect),
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/account?notice=confirm_sign_out' },
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE },
    jwt: { ...sessionCodec(), maxAge: SESSION_MAX_AGE },
    logger: authLogger,
    callbacks: authCallbacks(settings, context.visitor),
    events: {
      signIn: () => context.onSignIn(),
      signOut: ({ token }) => context.onSignOut(token?.apiSession),
    },
  };
}

function authCallbacks(settings: FrontendSettings, visitor: Visitor): NextAuthOptions['callbacks'] {
  return {
    signIn: ({ account }) => exchangeAtSignIn(settings, visitor, account),
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
