import type { ProviderDescription } from '../../errors/refusal-explanation';
import { checkedClients, clientIdsOf } from '../provider-clients';
import { googleDefaults, type GoogleSettings } from './google.settings';

const CLIENT_ID = /^(\d+)-[a-z0-9]+\.apps\.googleusercontent\.com$/;

const projectOf = (clientId: string): string | undefined => CLIENT_ID.exec(clientId)?.[1];

/** What can be told of an audience whose number says that it is another client of a Google Cloud project of ours. */
export function sameProjectHint(audience: string, clientIds: readonly string[]): string | undefined {
  const project = projectOf(audience);
  if (project === undefined || !clientIds.some((clientId) => projectOf(clientId) === project)) return undefined;
  return (
    `It is another client of the same Google Cloud project (${project}), an Android or iOS client id perhaps: ` +
    'if it is yours, add it to GOOGLE_CLIENT_ID.'
  );
}

/** What is accepted of Google. */
export function describeGoogle({ clientIds, issuers = googleDefaults.issuers }: GoogleSettings): ProviderDescription {
  const ids = clientIdsOf(checkedClients('google', clientIds));
  return { issuers, hintOn: (audience) => sameProjectHint(audience, ids) };
}
