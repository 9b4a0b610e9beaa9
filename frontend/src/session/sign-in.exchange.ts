import type { Account } from 'next-auth';
import type { Visitor } from '../api/token.exchange';
import { exchangeIdToken } from '../api/token.exchange';
import type { FrontendSettings } from '../settings/frontend.settings';
import { refusalPath } from './refusal.path';

/**
 * next-auth's `signIn` callback: exchanges the provider's ID token and puts the answer on `account`, from where the
 * `jwt` callback takes it. It runs here because a throw in `jwt` loses the reason; a string is where to send the person.
 */
export async function exchangeAtSignIn(
  settings: FrontendSettings,
  visitor: Visitor,
  account: Account | null,
): Promise<true | string> {
  const provider = settings.providers.find(({ id }) => id === account?.provider);
  if (!account?.id_token || !provider) return refusalPath({ code: 'provider_refused' });
  const request = { providerId: provider.id, idToken: account.id_token, visitor };
  const result = await exchangeIdToken(settings, request);
  if (!result.ok) return refusalPath(result.refusal, settings.providers, provider.id);
  account.apiSession = result.value;
  return true;
}
