import type { ConfiguredProvider, RefusalContext } from '../errors/refusal-explanation';
import { quoted } from './quoted-value';

const PLATFORM_NAMES: Readonly<Record<string, string>> = { android: 'Android', ios: 'iOS', tv: 'TV' };

/** What one of our audiences is, in words: "your Android client id". */
function roleOf(audience: string, { clients = [], ...provider }: ConfiguredProvider): string | undefined {
  const client = clients.find(({ id }) => id === audience);
  if (client) {
    const platform = client.platform && (PLATFORM_NAMES[client.platform] ?? client.platform);
    return platform ? `your ${platform} client id` : 'one of your client ids';
  }
  return audience === provider.audience ? `your API identifier (${provider.audienceSetting ?? 'audience'})` : undefined;
}

const postIt = (provider: ConfiguredProvider, context: RefusalContext): string =>
  provider.name === context.provider ? '' : `: post the token to /${provider.route}`;

function hintOn(audience: string, context: RefusalContext): string | undefined {
  // The provider to which it was posted speaks first: two may share a client id.
  const own = context.configured.filter(({ name }) => name === context.provider);
  for (const provider of [...own, ...context.configured]) {
    const role = roleOf(audience, provider);
    if (role) return `${quoted(audience)} is ${role} at ${provider.title}${postIt(provider, context)}.`;
  }
  return own[0]?.hintOn?.(audience);
}

/** What is known here of audiences, each a sentence of its own after a blank; empty where nothing is. */
export function audienceHints(audiences: readonly unknown[], context: RefusalContext): string {
  const texts = audiences.filter((audience) => typeof audience === 'string').slice(0, 5);
  return texts.flatMap((audience) => hintOn(audience, context) ?? []).reduce((all, hint) => `${all} ${hint}`, '');
}

const withoutSlash = (address: string): string => address.replace(/\/$/, '');

/** What is known here of an issuer, likewise. */
export function issuerHint(issuer: unknown, { provider, configured }: RefusalContext): string {
  if (typeof issuer !== 'string') return '';
  const other = configured.find(({ name, issuers = [] }) => name !== provider && issuers.includes(issuer));
  if (other) return ` That is an issuer of ${other.title}: post the token to /${other.route}.`;
  const { issuers = [] } = configured.find(({ name }) => name === provider) ?? {};
  const differsBySlash = issuers.some((one) => withoutSlash(one) === withoutSlash(issuer));
  return differsBySlash ? ' The two differ in the slash at the end alone.' : '';
}
