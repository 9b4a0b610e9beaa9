import { getMetadataStorage, validateSync } from 'class-validator';
import type { Environment } from './environment';

/** A class whose decorated properties are the names of environment variables. */
export type VariablesClass<T extends object = object> = new () => T;

/** The names of the variables that a class describes. */
export function variableNames(variables: VariablesClass): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(variables, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

/** The environment as settings see it: values trimmed, empty ones absent. */
export function presentValues(environment: Environment): Environment {
  const trimmed = Object.entries(environment).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

/** Reads the variables of a class, trimmed and without the empty ones, and adds what is wrong with them to `faults`. */
export function readVariables<T extends object>(
  variables: VariablesClass<T>,
  environment: Environment,
  faults: string[],
): T {
  const values = Object.fromEntries(
    variableNames(variables)
      .map((name) => [name, environment[name]?.trim() ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );
  const instance = Object.assign(new variables(), values);
  if (variableNames(variables).length === 0) return instance;
  for (const { property, constraints = {} } of validateSync(instance)) {
    // One sentence a variable: the rest would repeat it in other words.
    const [message = 'is not usable'] = Object.values(constraints);
    faults.push(message.startsWith(property) ? message : `${property}: ${message}`);
  }
  return instance;
}
