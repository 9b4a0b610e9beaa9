const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** A point in time in words; in UTC, because the server does not know where the reader is. */
export function dateText(instant: number): string {
  return `${format.format(instant)} UTC`;
}
