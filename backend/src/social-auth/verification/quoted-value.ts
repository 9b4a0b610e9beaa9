import { ownMember, type JsonObject } from './compact-jwt';

const LONGEST_VALUE = 80;
const MOST_ENTRIES = 5;

/**
 * A value of a token as an explanation may show it: bounded, printable ASCII, quoted. What looks like a JWT or an e-mail
 * address is named instead of shown, wherever it stands.
 */
export function quoted(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return listed(value);
  if (typeof value !== 'string') return 'an object';
  if (/\beyJ[\w-]{8}/.test(value)) return '(a JWT)';
  if (/[^\s@]@[^\s@]/.test(value)) return '(an e-mail address)';
  const cut = value.length > LONGEST_VALUE ? ` (the first ${LONGEST_VALUE} of ${value.length} characters)` : '';
  return `"${value.slice(0, LONGEST_VALUE).replace(/[^\x20-\x7e]|["\\]/g, '?')}"${cut}`;
}

/** Several values, the first few of them quoted. */
export function listed(values: readonly unknown[], show: (value: unknown) => string = quoted): string {
  const shown = values.slice(0, MOST_ENTRIES).map((value) => (Array.isArray(value) ? 'a list' : show(value)));
  const more = values.length - shown.length;
  if (shown.length === 0) return 'none';
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A claim as an explanation may show it; a value that repeats the subject or the e-mail address is named instead. */
export function quotedClaim(claims: JsonObject, name: string): string {
  const personal = ['sub', 'email'].map((member) => ownMember(claims, member));
  const show = (value: unknown): string =>
    typeof value === 'string' && personal.includes(value) ? '(its subject or e-mail address)' : quoted(value);
  const value = ownMember(claims, name);
  return Array.isArray(value) ? listed(value, show) : show(value);
}
