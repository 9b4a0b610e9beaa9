import { type ProviderDefinition, ProviderSettingsError } from '../../social-auth';
import type { Environment } from './environment';
import type { Settings } from './settings';
import { readVariables, variableNames } from './variable-reader';

/** The providers whose variables are set, with what they made of them. */
export function providerSettings(
  available: readonly ProviderDefinition[],
  environment: Environment,
  production: boolean,
  faults: string[],
): Settings['providers'] {
  const before = faults.length;
  const definitions: ProviderDefinition[] = [];
  const settings: Record<string, object> = {};
  for (const definition of available) {
    const read = readProvider(definition, environment, production, faults);
    if (read === undefined) continue;
    definitions.push(definition);
    settings[definition.name] = read;
  }
  if (definitions.length === 0 && faults.length === before) faults.push(noProvider(available));
  return { definitions, settings };
}

function readProvider(
  definition: ProviderDefinition,
  environment: Environment,
  production: boolean,
  faults: string[],
): object | undefined {
  const before = faults.length;
  const values = readVariables(definition.variables, environment, faults);
  if (faults.length > before) return undefined;
  try {
    return definition.settings(values, { production });
  } catch (error) {
    if (!(error instanceof ProviderSettingsError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

function noProvider(available: readonly ProviderDefinition[]): string {
  const choices = available.map(({ title, variables }) => `${title} (${variableNames(variables)[0] ?? ''}, …)`);
  return `no provider is configured: expected the variables of at least one of ${choices.join(', ')}`;
}
