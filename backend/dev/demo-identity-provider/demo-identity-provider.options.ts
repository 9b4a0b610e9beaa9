import { DemoClients } from './oidc/demo-clients';
import { LegacyFlow } from './oidc/legacy-flows';
import { TwinName } from './twins/issuer-twin';

/** What may be chosen of one issuer; everything has a default. */
export type DemoClientOptions = Partial<DemoClients>;

/** What may be chosen of the Auth0 twin; everything has a default. */
export interface DemoTenantOptions extends DemoClientOptions {
  /** API identifier. Default `https://api.example.com/`. */
  readonly audience?: string;
  /** Prefix of custom claims in access tokens. Default `https://example.com/`. */
  readonly claimsNamespace?: string;
}

/** Options of the demo identity provider; everything has a default. */
export interface DemoIdentityProviderOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  /** Where the signing keys are kept so that tokens survive a restart; default: in memory. */
  readonly keysFile?: string;
  /** Which issuers answer. Default: both. */
  readonly issuers?: readonly TwinName[];
  readonly google?: DemoClientOptions;
  readonly auth0?: DemoTenantOptions;
  /** Flows that nobody should use any more and that an issuer offers only if they stand here. Default: none. */
  readonly legacyFlows?: readonly LegacyFlow[];
  /** Origins of the frontend; any other loopback port is accepted besides. Default `http://localhost:3000`. */
  readonly redirectOrigins?: readonly string[];
  /** Told of every failure of the demo itself. Default: nobody. */
  readonly onError?: (error: Error) => void;
}

/** The registrations at the Google twin. */
export function googleClients(options: DemoClientOptions = {}): DemoClients {
  return {
    clientId: options.clientId ?? 'demo-web.apps.google.example',
    clientSecret: options.clientSecret ?? 'demo-google-secret',
    mobileClientId: options.mobileClientId ?? 'demo-mobile.apps.google.example',
    tvClientId: options.tvClientId ?? 'demo-tv.apps.google.example',
    tvClientSecret: options.tvClientSecret ?? 'demo-google-tv-secret',
    legacy: options.legacy ?? {
      clientId: 'demo-legacy.apps.google.example',
      clientSecret: 'demo-google-legacy-secret',
    },
    foreignClientId: options.foreignClientId ?? 'somebody-else.apps.google.example',
  };
}

/** The registrations at the Auth0 twin. */
export function auth0Clients(options: DemoTenantOptions = {}): DemoClients {
  return {
    clientId: options.clientId ?? 'demoWebClientOfTheAuth0Twin00001',
    clientSecret: options.clientSecret ?? 'demo-auth0-secret',
    mobileClientId: options.mobileClientId ?? 'demoMobileClientOfTheAuth0Twin01',
    tvClientId: options.tvClientId ?? 'demoTvClientOfTheAuth0Twin000001',
    machine: options.machine ?? {
      clientId: 'demoMachineClientOfTheAuth0Twin1',
      clientSecret: 'demo-auth0-machine-secret',
    },
    legacy: options.legacy ?? {
      clientId: 'demoLegacyClientOfTheAuth0Twin01',
      clientSecret: 'demo-auth0-legacy-secret',
    },
    foreignClientId: options.foreignClientId ?? 'somebodyElsesClientAtTheAuth0Twin',
  };
}
