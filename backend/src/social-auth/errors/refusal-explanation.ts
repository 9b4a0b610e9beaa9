/** One of our clients at a provider, as far as an explanation names it. */
export interface ConfiguredClient {
  id: string;
  platform?: string;
}

/** What a provider was configured with: nothing of it is secret. */
export interface ProviderDescription {
  /** Accepted spellings of `iss`; the first is stored. */
  issuers: readonly string[];
  /** Whether OpenID Connect Discovery below the first issuer speaks of what is configured here. Default: true. */
  hasDiscovery?: boolean;
  /** The API identifier whose access tokens are accepted. */
  audience?: string;
  /** What an operator sets the API identifier with. */
  audienceSetting?: string;
  /** What this provider alone can tell of an audience that is not ours. */
  hintOn?(audience: string): string | undefined;
}

/** A mounted provider and what it was configured with. */
export interface ConfiguredProvider extends Partial<ProviderDescription> {
  name: string;
  /** As people know it: "Google". */
  title: string;
  /** Where its tokens are posted. */
  route: string;
  clients?: readonly ConfiguredClient[];
}

/** What an explanation may know beside the token: where it was posted, and what else is configured here. */
export interface RefusalContext {
  /** Name of the provider to which the token was posted. */
  provider: string;
  configured: readonly ConfiguredProvider[];
}

/**
 * Says what was expected and what came; built only where refusals are explained.
 *
 * Values of the token are quoted by `quoted`: never the token, its signature, its subject or an e-mail address.
 */
export type RefusalExplanation = (context: RefusalContext) => string;
