import 'server-only';
import type { FrontendSettings } from '../settings/frontend.settings';
import { ACCOUNT_PAGES } from './account.pages';
import type { ApiSession } from './api.session';
import type { AskNextAuth } from './auth.handler';
import { currentSession } from './current.session';
import { isSignInFresh } from './fresh.sign-in';
import { LINK_INTENT_MS, newLinkIntent } from './link.intent';
import { errorCodeOf, startedState } from './next-auth.answer';
import { seeOther } from './redirect.answer';
import { pathAfterRefusal } from './refusal.path';
import { forgetSealed, keepSealed } from './sealed.cookie';

/** Longer than the intent is good for, and than next-auth takes an answer: a late one must still be known for a link. */
const INTENT_COOKIE_SECONDS = (2 * LINK_INTENT_MS) / 1_000;

/** Sends a person to a provider: to sign in, to sign in once more, or to link what they have there. */
export async function startAtProvider(
  settings: FrontendSettings,
  providerId: string,
  form: Record<string, string>,
  askNextAuth: AskNextAuth,
): Promise<Response> {
  if (form.purpose === 'link') return startLink(settings, providerId, askNextAuth);
  const response = await askNextAuth({ mustAskAnew: form.purpose === 'again' });
  // Only now is it known that the form was ours.
  if (startedState(response, settings.origin) !== undefined) await forgetSealed('link-intent');
  return response;
}

async function startLink(settings: FrontendSettings, providerId: string, askNextAuth: AskNextAuth): Promise<Response> {
  const page = ACCOUNT_PAGES.identities;
  const session = await currentSession();
  // The page finds out what is wrong with the session.
  if (!session) return seeOther(page);
  const fresh = await isSignInFresh(session);
  if (!fresh.ok) return seeOther(pathAfterRefusal(fresh.refusal, page));
  const response = await askNextAuth({ mustAskAnew: true });
  const error = errorCodeOf(response, settings.origin);
  if (error !== undefined) return seeOther(pathAfterRefusal({ code: error, status: 0 }, page));
  const state = startedState(response, settings.origin);
  if (state !== undefined) await keepIntent(providerId, state, session);
  return response;
}

async function keepIntent(providerId: string, state: string, { token }: ApiSession): Promise<void> {
  const intent = newLinkIntent(providerId, state, token, Date.now());
  await keepSealed('link-intent', { ...intent }, INTENT_COOKIE_SECONDS);
}
