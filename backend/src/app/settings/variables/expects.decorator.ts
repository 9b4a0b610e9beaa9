import { IsOptional, ValidateBy } from 'class-validator';

/**
 * Says what a variable must look like: `expectation` completes the sentence "expected …".
 *
 * The value itself is never part of a message: it may be a secret.
 */
export function Expects(expectation: string, holds: (value: string) => boolean): PropertyDecorator {
  const rule = ValidateBy({
    name: 'expects',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value),
      defaultMessage: () => `expected ${expectation}`,
    },
  });
  return (target, property) => {
    IsOptional()(target, property);
    rule(target, property);
  };
}

/** Whether a text is a whole decimal number between two bounds. */
export function isWholeNumber(value: string, least: number, most: number): boolean {
  return /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most;
}

/** Whether every comma-separated part of a text holds; an empty part never does. */
export function everyPart(value: string, holds: (part: string) => boolean): boolean {
  return partsOf(value).every((part) => part !== '' && holds(part));
}

/** The comma-separated parts of a text, trimmed. */
export function partsOf(value: string): string[] {
  return value.split(',').map((part) => part.trim());
}

/** Whether a text is an absolute address with one of these protocols. */
export function isAddress(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}
