import { extname, join } from 'node:path';
import type {
  DemoIdentityProviderDetails,
  DemoIdentityProviderOrder,
} from '../demo-identity-provider/demo-identity-provider.server';
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

/** What the demo identity provider is to serve. */
export interface DemoIssuersOptions {
  readonly issuers: readonly TwinName[];
  readonly port: number;
  readonly keysFile: string;
  readonly secrets: DemoSecrets;
  readonly site: URL;
  readonly given: Variables;
  readonly onError: (line: string) => void;
}

/** Starts the demo identity provider in a child process, and yields the variables by which the product uses it. */
export async function startDemoIssuers(options: DemoIssuersOptions): Promise<Variables> {
  const { issuers, port, keysFile, secrets, site, given, onError } = options;
  const order: DemoIdentityProviderOrder = {
    issuers,
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
