import { ValidateBy } from 'class-validator';

/**
 * Limits a text's length as PostgreSQL's `char_length` counts it: in code points.
 *
 * class-validator's own `Length` leaves variation selectors out, and lets through what the database then refuses.
 */
export function CodePoints(least: number, most: number): PropertyDecorator {
  return ValidateBy({
    name: 'codePoints',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value, least, most),
      defaultMessage: () => `$property must have ${least} to ${most} characters`,
    },
  });
}

function holds(text: string, least: number, most: number): boolean {
  const count = [...text].length;
  return count >= least && count <= most;
}
