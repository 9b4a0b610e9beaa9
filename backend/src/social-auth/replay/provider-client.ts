/** On what a client of ours runs. */
export const CLIENT_PLATFORMS = ['web', 'android', 'ios', 'desktop', 'tv'] as const;

/** One of {@link CLIENT_PLATFORMS}. */
export type ClientPlatform = (typeof CLIENT_PLATFORMS)[number];

/** What the nonce of an ID token must be, from nothing at all to one of `POST /auth/challenge`. */
export const NONCE_RULES = ['off', 'if-present', 'required'] as const;

/** One of {@link NONCE_RULES}. */
export type NonceRule = (typeof NONCE_RULES)[number];

/** One of our client ids at a provider, and what is known of it. */
export interface ProviderClient {
  /** Printable ASCII characters without commas, semicolons and white space. */
  id: string;
  /** Kept with the tokens of its sign-ins, for their owner to see. Default: `web` for the first client, none for others. */
  platform?: ClientPlatform;
  /** Default: `off` for the first client, `if-present` for others. */
  nonce?: NonceRule;
}

/** A client with its defaults filled in. */
export interface KnownClient {
  id: string;
  platform: ClientPlatform | undefined;
  nonce: NonceRule;
}

/** Knows our clients at every mounted provider. */
export class ProviderClients {
  constructor(private readonly clients: ReadonlyMap<string, readonly KnownClient[]>) {}

  /**
   * The client to which a provider issued a token. Of one that is not on the list (a token that names the API alone, a
   * provider that names no clients) a nonce is asked for where any other client of the provider must have one.
   */
  of(provider: string, clientId: string): KnownClient {
    const clients = this.clients.get(provider) ?? [];
    const isStrict = clients.some(({ nonce }) => nonce === 'required');
    const unknown: KnownClient = { id: clientId, platform: undefined, nonce: isStrict ? 'required' : 'if-present' };
    return clients.find(({ id }) => id === clientId) ?? unknown;
  }
}
