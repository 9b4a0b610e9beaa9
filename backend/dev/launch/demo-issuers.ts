import { extname, join } from 'node:path';
import type {
  DemoIdentityProviderDetails,
  DemoIdentityProviderOrder,
} from '../demo-identity-provider/demo-identity-provider.server';
import type { TwinName } from '../demo-identity-provider/twins/issuer-twin';
import { NodeProcess } from '../processes/node-process';
import { valueOf, Variables } from './addresses';
import { DemoSecrets } from './demo-secrets';

const CHOSEN_BY: Readonly<Record<TwinName, string>> = { google: 'GOOGLE_CLIENT_ID', auth0: 'AUTH0_DOMAIN' };

/** The providers for which nobody has configured the real one. */
export function demoIssuerNames(variables: Variables): TwinName[] {
  return (['google', 'auth0'] as const).filter((name) => valueOf(variables, CHOSEN_BY[name]) === undefined);
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
