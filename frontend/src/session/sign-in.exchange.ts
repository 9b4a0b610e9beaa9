import 'server-only';
import type { Account, User } from 'next-auth';
import { linkIdentity } from '../api/identity.link';
import { exchangeToken, type ExchangeRequest, type ProviderCredential } from '../api/token.exchange';
import type { Visitor } from '../api/visitor.headers';
import type { ConfiguredProvider } from '../providers/sign-in.provider';
import type { FrontendSettings } from '../settings/frontend.settings';
import { ACCOUNT_PAGES } from './account.pages';
import type { ApiSession } from './api.session';
import { ticketToKeep } from './link.ticket';
import type { PersonName } from './person.name';
import { pathAfterRefusal, refusalPath } from './refusal.path';
import { keepSealed } from './sealed.cookie';

/** What a provider has said about a person. */
export interface ProviderProof {
  account: Account | null;
  user: Pick<User, 'email' | 'name'>;
}

/**
 * What next-auth's `signIn` callback does for a sign-in: exchanges the provider's token and puts the answer on
 * `account`, from where the `jwt` callback takes it. It runs there because a throw in `jwt` loses the reason; a string is
 * where to send the person.
 */
export async function exchangeAtSignIn(
  settings: FrontendSettings,
  visitor: Visitor,
  { account, user }: ProviderProof,
  name?: PersonName,
): Promise<true | string> {
  const request = requestOf(settings, visitor, account);
  if (!account || !request) return refusalPath({ code: 'provider_refused' });
  const result = await exchangeToken(settings, { ...request, name });
  if (result.ok) {
    account.apiSession = result.value;
    return true;
  }
  const { linkTicket } = result.refusal;
  if (linkTicket) {
    const { content, seconds } = ticketToKeep(linkTicket, request.providerId, user.email ?? user.name);
    await keepSealed('link-ticket', content, seconds);
  }
  return refusalPath(result.refusal, settings.providers, request.providerId);
}

/** What it does for a link: hands the token over in the name of the session that there is, which stays as it is. */
export async function linkAtSignIn(
  settings: FrontendSettings,
  visitor: Visitor,
  session: ApiSession,
  { account }: ProviderProof,
): Promise<string> {
  const page = ACCOUNT_PAGES.identities;
  const request = requestOf(settings, visitor, account);
  if (!request) return pathAfterRefusal({ code: 'provider_refused', status: 0 }, page);
  const result = await linkIdentity(settings, session.token, request);
  return result.ok ? `${page}?notice=identity_linked` : pathAfterRefusal(result.refusal, page);
}

function requestOf(
  { providers }: FrontendSettings,
  visitor: Visitor,
  account: Account | null,
): ExchangeRequest | undefined {
  const provider = providers.find(({ id }) => id === account?.provider);
  const credential = account && provider ? credentialOf(account, provider) : undefined;
  return provider && credential && { providerId: provider.id, route: provider.route, credential, visitor };
}

/** Never an access token in the place of an ID token: only of some providers the backend can tell whose one is. */
function credentialOf(
  { id_token, access_token }: Account,
  { oauth }: ConfiguredProvider,
): ProviderCredential | undefined {
  if (oauth) return access_token ? { access_token } : undefined;
  return id_token ? { id_token } : undefined;
}
