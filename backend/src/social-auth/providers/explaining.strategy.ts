import type { ConfiguredProvider, RefusalContext } from '../errors/refusal-explanation';
import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import type { SocialAuthStrategy, VerifiedCredential } from '../verification/verified-credential';
import { checkedClients } from './provider-clients';
import { routeOf, type ProviderDefinition } from './provider-definition';

/** Lets the refusals of a strategy say what was expected and what came; where that is not wanted, it does not exist. */
export class ExplainingStrategy implements SocialAuthStrategy {
  constructor(
    private readonly strategy: SocialAuthStrategy,
    private readonly context: RefusalContext,
  ) {}

  async verify(...posted: Parameters<SocialAuthStrategy['verify']>): Promise<VerifiedCredential> {
    try {
      return await this.strategy.verify(...posted);
    } catch (error) {
      throw error instanceof ProviderTokenRefusedError ? error.explained(this.context) : error;
    }
  }
}

/** What the mounted providers were configured with, for the explanations of each of them. */
export function configuredProviders(
  definitions: readonly ProviderDefinition[],
  settings: Readonly<Record<string, object | undefined>>,
): ConfiguredProvider[] {
  return definitions.map((definition) => {
    const { name, title } = definition;
    const about = { name, title, route: routeOf(definition) };
    const given = settings[name];
    if (given === undefined) return about;
    const clients = definition.clients && checkedClients(name, definition.clients(given));
    return { ...about, clients, ...definition.describe?.(given) };
  });
}
