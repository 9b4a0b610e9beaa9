import { IsOptional, ValidateBy } from 'class-validator';
import { isBoolean, isWholeNumber } from './value-forms';

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

/** Says that a variable is a whole number of something, between two bounds. */
export const ExpectsNumber = (of: string, least: number, most: number): PropertyDecorator =>
  Expects(`a whole number of ${of}, ${least} to ${most}`, (value) => isWholeNumber(value, least, most));

/** Says that a variable is `true` or `false`. */
export const ExpectsFlag = (): PropertyDecorator => Expects('true or false', isBoolean);
