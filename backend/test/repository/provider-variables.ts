import { variableNames } from '../../src/app/settings/variable-reader';
import { builtInProviders, type ProviderSource } from '../../src/social-auth';
import { textOf } from './repository-files';

/** The instance by whose variables the documents show those of every instance. */
export const EXAMPLE_INSTANCE = 'keycloak';

function variablesOf(source: ProviderSource): ProviderSource['variables'][] {
  if (!('definitions' in source)) return [source.variables];
  const naming = variableNames(source.variables).map((name) => [name, EXAMPLE_INSTANCE] as const);
  const definitions = source.definitions(Object.fromEntries(naming));
  return [source.variables, ...definitions.map(({ variables }) => variables)];
}

/** The classes of all variables of providers; of a family those that name its instances, and those of one instance. */
export const providerVariables = builtInProviders.flatMap(variablesOf);

/** The variables that the frontend has for the same instance, read as text: it is compiled in another way. */
export const instanceVariablesOfFrontend = [
  ...textOf('frontend/src/providers/oidc.provider.ts').matchAll(/`\$\{prefix\}(_[A-Z_]+)`/g),
].map(([, purpose = '']) => `OIDC_${EXAMPLE_INSTANCE.toUpperCase()}${purpose}`);
