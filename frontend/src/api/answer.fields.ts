/** A JSON object whose members have not been looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object, if it is one. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The value as a text, if it is one that holds something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a point in time in milliseconds since 1970, if it is an RFC 3339 text. */
export function instantOf(value: unknown): number | undefined {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(instant) ? instant : undefined;
}
