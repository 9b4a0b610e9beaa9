import { extname, join } from 'node:path';
import type {
  DemoIdentityProviderDetails,
  DemoIdentityProviderOrder,
} from '../demo-identity-provider/demo-identity-provider.server';
import { LEGACY_FLOWS, type LegacyFlow } from '../demo-identity-provider/oidc/legacy-flows';
import type { TwinName } from '../demo-identity-provider/twins/issuer-twin';
import { NodeProcess } from '../processes/node-process';
import { valueOf, Variables } from './addresses';
import { DemoSecrets } from './demo-secrets';
import { LaunchError } from './launch.error';

const CHOSEN_BY: Readonly<Record<TwinName, string>> = { google: 'GOOGLE_CLIENT_ID', auth0: 'AUTH0_DOMAIN' };

/** The providers for which nobody has configured the real one. */
export function demoIssuerNames(variables: Variables): TwinName[] {
  return (['google', 'auth0'] as const).filter((name) => valueOf(variables, CHOSEN_BY[name]) === undefined);
}

const LEFT_OVER: Readonly<Record<TwinName, { title: string; names: readonly string[]; all: string }>> = {
  google: { title: 'Google', names: ['GOOGLE_CLIENT_SECRET'], all: 'both' },
  auth0: { title: 'Auth0', names: ['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'], all: 'all three' },
};

/** Refuses a provider that somebody configured in part: its twin would silently take its place. */
export function checkWholeProviders(variables: Variables): void {
  for (const issuer of demoIssuerNames(variables)) {
    const { title, names, all } = LEFT_OVER[issuer];
    const name = names.find((one) => valueOf(variables, one) !== undefined);
    if (name === undefined) continue;
    const none = names.length > 1 ? 'none' : 'neither';
    throw new LaunchError(
      `${name} is set, but not ${CHOSEN_BY[issuer]}: set ${all} for the real ${title}, or ${none} for the demo.`,
    );
  }
}

/** The flows of old that somebody wants to try: `DEMO_LEGACY_FLOWS`, comma separated. */
export function demoLegacyFlows(variables: Variables): LegacyFlow[] {
  const names =
    valueOf(variables, 'DEMO_LEGACY_FLOWS')
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const flows = LEGACY_FLOWS.filter((flow) => names.includes(flow));
  if (names.every((name) => flows.some((flow) => flow === name))) return flows;
  throw new LaunchError(`DEMO_LEGACY_FLOWS: expected some of ${LEGACY_FLOWS.join(', ')}, comma separated.`);
}

/** What the demo identity provider is to serve. */
export interface DemoIssuersOptions {
  readonly issuers: readonly TwinName[];
  readonly legacyFlows: readonly LegacyFlow[];
  readonly port: number;
  readonly keysFile: string;
  readonly secrets: DemoSecrets;
  readonly site: URL;
  readonly given: Variables;
  readonly onError: (line: string) => void;
}

/** Starts the demo identity provider in a child process, and yields the variables by which the product uses it. */
export async function startDemoIssuers(options: DemoIssuersOptions): Promise<Variables> {
  const { issuers, legacyFlows, port, keysFile, secrets, site, given, onError } = options;
  const order: DemoIdentityProviderOrder = {
    issuers,
    legacyFlows,
    port,
    keysFile,
    google: { clientSecret: secrets.googleClient },
    auth0: {
      clientSecret: secrets.auth0Client,
      audience: valueOf(given, 'AUTH0_AUDIENCE'),
      claimsNamespace: valueOf(given, 'AUTH0_CLAIMS_NAMESPACE'),
    },
    redirectOrigins: [site.origin],
  };
  const script = join(__dirname, `../demo-identity-provider/demo-identity-provider.server${extname(__filename)}`);
  const child = NodeProcess.start({ name: 'demo identity provider', script, order, onError });
  return (await child.ready<DemoIdentityProviderDetails>()).variables;
}
