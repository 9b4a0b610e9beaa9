/** Address of the PostgreSQL server that a run is to use; undefined: a temporary cluster of an installed one. */
export const databaseAddress = (given: string | undefined): string | undefined =>
  given ?? (process.env.TEST_DATABASE_URL || undefined);

/**
 * A number of things that there must be at least one of.
 *
 * @throws TypeError if it is none.
 */
export function wholeFrom1(name: string, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new TypeError(`--${name} takes a whole number from 1.`);
  return number;
}
