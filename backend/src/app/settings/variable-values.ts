import { partsOf } from './variables/value-forms';

/** The number in a variable that was checked; `undefined` where it is not set. */
export function numberIn(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** The days in a variable that was checked, as seconds. */
export function secondsOfDays(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value) * 86_400;
}

/** The `true` or `false` in a variable that was checked; `undefined` where it is not set. */
export function flagIn(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'true';
}

/** The comma-separated parts of a variable; none where it is not set. */
export function partsIn(value: string | undefined): string[] {
  return value === undefined ? [] : partsOf(value);
}
