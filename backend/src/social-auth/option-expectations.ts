/** What an option must be where it is given at all. */
export interface Expectation {
  /** Completes the sentence "expected …". */
  expected: string;
  holds: (value: unknown) => boolean;
}

/** A whole number of something, between two bounds. */
export const wholeNumber = (of: string, least: number, most: number): Expectation => ({
  expected: `a whole number of ${of}, ${least} to ${most}`,
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
});

/** True or false: from JavaScript the text `'false'` would count as true. */
export const flag: Expectation = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };

/** An object that a host brings, with the methods that are called. */
export const withMethods = (...names: readonly string[]): Expectation => ({
  expected: `an object with the methods ${names.join(', ')}`,
  holds: (value) =>
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
});

/** One of some words. */
export const oneOf = (words: readonly string[]): Expectation => ({
  expected: `one of ${words.join(', ')}`,
  holds: (value) => typeof value === 'string' && words.includes(value),
});

/** A list of distinct texts of one form. */
export const listOf = (what: string, form: RegExp): Expectation => ({
  expected: `a list of ${what}, each once`,
  holds: (value) =>
    Array.isArray(value) &&
    value.every((text) => typeof text === 'string' && form.test(text)) &&
    new Set(value).size === value.length,
});

/** The dotted path of an option. */
type PathOf<Options> = {
  [Name in keyof Options & string]: NonNullable<Options[Name]> extends readonly unknown[]
    ? Name
    : NonNullable<Options[Name]> extends object
      ? Name | `${Name}.${PathOf<NonNullable<Options[Name]>>}`
      : Name;
}[keyof Options & string];

/** What options must be, by their paths. */
export type Expectations<Options extends object> = Partial<Record<PathOf<Options>, Expectation>>;

/** What is wrong with options, by their paths and never with a value. */
export function unmet<Options extends object>(options: Options, expectations: Expectations<Options>): string[] {
  const faults = Object.entries<Expectation | undefined>(expectations).map(
    ([path, expectation]) => expectation && faultAt(options, path.split('.'), expectation),
  );
  // A group that is none is told once, not for each option that it should hold.
  return [...new Set(faults.filter((fault) => fault !== undefined))];
}

function faultAt(options: object, [...names]: string[], { expected, holds }: Expectation): string | undefined {
  let value: unknown = options;
  for (const [depth, name] of names.entries()) {
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null) return `${names.slice(0, depth).join('.')}: expected an object`;
    value = (value as Record<string, unknown>)[name];
  }
  return value === undefined || holds(value) ? undefined : `${names.join('.')}: expected ${expected}`;
}
