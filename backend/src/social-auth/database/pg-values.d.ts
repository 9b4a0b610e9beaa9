/** How pg makes of a value what it sends; its sibling packages, pg-cursor for one, take it from there as well. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): unknown;
}
