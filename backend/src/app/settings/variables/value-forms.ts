/** Whether a text is a whole decimal number between two bounds. */
export function isWholeNumber(value: string, least: number, most: number): boolean {
  return /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most;
}

/** Whether a text is `true` or `false`. */
export function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}

/** Whether a text is an absolute address with one of these protocols. */
export function isAddress(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** Whether every comma-separated part of a text holds; an empty part never does. */
export function everyPart(value: string, holds: (part: string) => boolean): boolean {
  return partsOf(value).every((part) => part !== '' && holds(part));
}

/** The comma-separated parts of a text, trimmed. */
export function partsOf(value: string): string[] {
  return value.split(',').map((part) => part.trim());
}
