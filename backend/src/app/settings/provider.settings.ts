import { type ProviderDefinition, ProviderSettingsError, type ProviderSource } from '../../social-auth';
import type { Environment } from './environment';
import type { Settings } from './settings';
import { presentValues, readVariables, variableNames } from './variable-reader';

/** The providers whose variables are set, with what they made of them. */
export function providerSettings(
  available: readonly ProviderSource[],
  environment: Environment,
  production: boolean,
  faults: string[],
): Settings['providers'] {
  const before = faults.length;
  const definitions: ProviderDefinition[] = [];
  const settings: Record<string, object> = {};
  for (const definition of available.flatMap((source) => definitionsOf(source, environment, faults))) {
    const read = readProvider(definition, environment, production, faults);
    if (read === undefined) continue;
    definitions.push(definition);
    settings[definition.name] = read;
  }
  if (definitions.length === 0 && faults.length === before) faults.push(noProvider(available));
  return { definitions, settings };
}

/** A provider itself, or those of a family that the environment names. */
function definitionsOf(
  source: ProviderSource,
  environment: Environment,
  faults: string[],
): readonly ProviderDefinition[] {
  if (!('definitions' in source)) return [source];
  return unlessFaulty(faults, () => source.definitions(presentValues(environment))) ?? [];
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
  return unlessFaulty(faults, () => definition.settings(values, { production }));
}

function unlessFaulty<Result>(faults: string[], read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProviderSettingsError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

function noProvider(available: readonly ProviderSource[]): string {
  const choices = available.map(({ title, variables }) => `${title} (${variableNames(variables)[0] ?? ''}, …)`);
  return `no provider is configured: expected the variables of at least one of ${choices.join(', ')}`;
}
