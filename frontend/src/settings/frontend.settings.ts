import { builtInProviders } from '../providers/built-in';
import type { ConfiguredProvider } from '../providers/sign-in.provider';
import { isLoopback, VariableReader, type Variables } from './variable.reader';

/** Everything that the environment decides about the frontend. */
export interface FrontendSettings {
  /** Where people find this site: the origin of `NEXTAUTH_URL`, never a request's `Host`. */
  origin: string;
  /** Encrypts the session cookie. */
  secret: string;
  /** Where this server finds the backend. */
  backendUrl: string;
  /** Where a browser finds the backend. */
  publicBackendUrl: string;
  /** Whether pages get the backend's token through `useSession`. */
  exposeApiToken: boolean;
  /** Makes the backend believe the visitor's address that we pass on. */
  sharedSecret: string | undefined;
  /** How many proxies stand before this server. */
  trustedProxyHops: number;
  /** The providers that have all of their settings, in the order of their buttons. */
  providers: readonly ConfiguredProvider[];
}

/** The environment cannot be used; `faults` has one line for each thing that is wrong. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly string[]) {
    super(`The frontend cannot start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** Reads and checks the whole environment; throws a `SettingsError` that names every fault. */
export function readFrontendSettings(variables: Variables): FrontendSettings {
  const reader = new VariableReader(variables);
  const site = readSite(reader);
  const backend = readBackend(reader);
  const settings: FrontendSettings = {
    origin: site?.origin ?? '',
    secret: reader.secret('NEXTAUTH_SECRET', { required: true }) ?? '',
    ...backend,
    sharedSecret: reader.secret('FRONTEND_SHARED_SECRET', { required: false }),
    trustedProxyHops: reader.integer('TRUST_PROXY_HOPS', 0, [0, 10]),
    providers: readProviders(reader, site),
  };
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return settings;
}

function readSite(reader: VariableReader): URL | undefined {
  const expected = 'the https address of this site without a path (http on localhost only)';
  const url = reader.url('NEXTAUTH_URL', reader.text('NEXTAUTH_URL'), expected);
  if (url && (url.pathname !== '/' || (url.protocol === 'http:' && !isLoopback(url))))
    reader.fault('NEXTAUTH_URL', expected);
  return url;
}

function readBackend(
  reader: VariableReader,
): Pick<FrontendSettings, 'backendUrl' | 'publicBackendUrl' | 'exposeApiToken'> {
  const internal = reader.url('BACKEND_URL', reader.text('BACKEND_URL') ?? 'http://127.0.0.1:3001');
  const publicText = reader.text('PUBLIC_BACKEND_URL');
  const external = publicText === undefined ? internal : reader.url('PUBLIC_BACKEND_URL', publicText);
  const exposeApiToken = reader.flag('EXPOSE_API_TOKEN');
  if (exposeApiToken && external && external.protocol === 'http:' && !isLoopback(external))
    reader.fault('PUBLIC_BACKEND_URL', 'an https address (http on localhost only) while EXPOSE_API_TOKEN=true');
  const base = (url: URL | undefined): string => url?.href.replace(/\/+$/, '') ?? '';
  return { backendUrl: base(internal), publicBackendUrl: base(external), exposeApiToken };
}

function readProviders(reader: VariableReader, site: URL | undefined): ConfiguredProvider[] {
  const faultsBefore = reader.faults.length;
  const providers = builtInProviders.flatMap((definition) => definition.configure(reader) ?? []);
  for (const { title, issuer } of providers) {
    const url = new URL(issuer);
    if (url.protocol !== 'http:' || (isLoopback(url) && (!site || isLoopback(site)))) continue;
    reader.faults.push(`${title}: expected an https issuer (http on localhost only, while NEXTAUTH_URL is there too)`);
  }
  if (providers.length === 0 && reader.faults.length === faultsBefore)
    reader.faults.push(
      `No sign-in provider: expected ${builtInProviders.map((definition) => definition.required.join(', ')).join(' or ')}`,
    );
  return providers;
}
