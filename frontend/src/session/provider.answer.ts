import 'server-only';
import { cookies } from 'next/headers';
import { revokeTokens } from '../api/api.token';
import type { FrontendSettings } from '../settings/frontend.settings';
import { ACCOUNT_PAGES } from './account.pages';
import type { ApiSession } from './api.session';
import type { AskNextAuth } from './auth.handler';
import { cookieNames } from './cookie.names';
import { currentSession } from './current.session';
import { purposeOf, readLinkIntent } from './link.intent';
import { readKeptTicket } from './link.ticket';
import { errorCodeOf } from './next-auth.answer';
import { keptName, type PersonName } from './person.name';
import { seeOther } from './redirect.answer';
import { linkErrorCode, pathAfterRefusal, providerErrorCode, refusalPath } from './refusal.path';
import { forgetSealed, openSealed } from './sealed.cookie';
import { exchangeAtSignIn, linkAtSignIn } from './sign-in.exchange';
import { visitorOf } from './visitor';

const REPLACED_SESSION_TIMEOUT_MS = 1_000;

/** Takes what a provider sent a person back with: for a sign-in, or for a link, never for both. */
export async function receiveAnswer(
  settings: FrontendSettings,
  provider: string,
  query: URLSearchParams,
  askNextAuth: AskNextAuth,
): Promise<Response> {
  const session = await currentSession();
  const intent = readLinkIntent(await openSealed('link-intent'));
  const answer = { provider, state: query.get('state'), token: session?.token };
  const purpose = purposeOf(intent, answer, Date.now());
  const name = keptName(await openSealed('person-name'), answer);
  await forgetSealed('person-name');
  if (purpose === 'sign_in') return finishSignIn(settings, query, { replaced: session, name }, askNextAuth);
  const response = await finishLink(settings, query, purpose === 'link' ? session : undefined, askNextAuth);
  await forgetLinkRequest(settings);
  return response;
}

async function finishSignIn(
  settings: FrontendSettings,
  query: URLSearchParams,
  { replaced, name }: { replaced: ApiSession | undefined; name: PersonName | undefined },
  askNextAuth: AskNextAuth,
): Promise<Response> {
  const error = query.get('error');
  if (error !== null) return seeOther(refusalPath({ code: providerErrorCode(error) }));
  const visitor = await visitorOf();
  let isSignedIn = false;
  const response = await askNextAuth({
    onProof: (proof) => exchangeAtSignIn(settings, visitor, proof, name),
    onSignIn: async () => {
      isSignedIn = true;
      // Nobody could sign out any more of a session whose cookie is overwritten; the person does not wait for it long.
      const timeoutMs = REPLACED_SESSION_TIMEOUT_MS;
      if (replaced) await revokeTokens(settings, { token: replaced.token, reach: 'here', visitor, timeoutMs });
    },
  });
  // Whoever was refused before, and is in now, may want to link the two.
  const hasTicket = readKeptTicket(await openSealed('link-ticket')) !== undefined;
  if (isSignedIn && hasTicket) response.headers.set('Location', ACCOUNT_PAGES.link);
  return response;
}

async function finishLink(
  settings: FrontendSettings,
  query: URLSearchParams,
  session: ApiSession | undefined,
  askNextAuth: AskNextAuth,
): Promise<Response> {
  const back = (code: string): Response => seeOther(pathAfterRefusal({ code, status: 0 }, ACCOUNT_PAGES.identities));
  if (!session) return back('link_unfinished');
  const error = query.get('error');
  if (error !== null) return back(linkErrorCode(error));
  const visitor = await visitorOf();
  const response = await askNextAuth({ onProof: (proof) => linkAtSignIn(settings, visitor, session, proof) });
  const code = errorCodeOf(response, settings.origin);
  return code === undefined ? response : back(code);
}

/** Where next-auth fails it keeps its `state`: without our intent the same answer would then pass for a sign-in. */
async function forgetLinkRequest({ origin }: FrontendSettings): Promise<void> {
  const { state: name, secure } = cookieNames(origin);
  await forgetSealed('link-intent');
  (await cookies()).set({ name, value: '', maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure });
}
