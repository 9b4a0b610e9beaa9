const LONGEST_TEXT = 2000;

/** What must never reach a log, wherever a library puts it into a message, and what stands in its place. */
const SECRETS: readonly [RegExp, string][] = [
  // A JWT or a part of one: its header always begins with {" in base64url.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, '[jwt]'],
  // Tokens of this server, whichever prefix they carry, and the access tokens of Google, GitHub and Facebook.
  [/\b[a-z][a-z0-9]{1,15}_[0-9A-Za-z]{49}\b/g, '[token]'],
  [/\bya29\.[\w.-]+/g, '[token]'],
  [/\bgh[a-z]_\w{8,}/g, '[token]'],
  [/\bEAA\w{16,}/g, '[token]'],
  [/\b\d{5,20}(\||%7C)\w{8,}/gi, '[token]'],
  [/\b(bearer|token|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [token]'],
  [/[^\s@<>()"',;:=]+@[^\s@<>()"',;:=]+\.[^\s@<>()"',;:=]+/g, '[e-mail]'],
  [/(:\/\/[^\s/:@]*):[^\s/@]+@/g, '$1:[password]@'],
];

/** A text without tokens, e-mail addresses and passwords, cut to a length that a log can bear. */
export function scrubText(text: string): string {
  return SECRETS.reduce((clean, [pattern, stand]) => clean.replace(pattern, stand), text.slice(0, LONGEST_TEXT));
}
