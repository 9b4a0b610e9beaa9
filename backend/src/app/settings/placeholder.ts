const LEAST_DISTINCT = 8;

/**
 * Whether a secret repeats so few bytes or characters that nobody can have drawn it at random: it fills a length, and
 * somebody forgot to replace it.
 */
export function isPlaceholder(secret: Buffer | string): boolean {
  return new Set<number | string>(secret).size < LEAST_DISTINCT;
}
