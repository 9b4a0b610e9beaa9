import type { HmacKey } from '../../social-auth';
import { isPlaceholder } from './placeholder';

const LEAST_BYTES = 32;

/** Reads `id:base64,id:base64`; undefined if any part is not a usable key. */
export function parseHmacKeys(text: string): HmacKey[] | undefined {
  const keys = text.split(',').map((part) => parseKey(part.trim()));
  if (!keys.every((key) => key !== undefined)) return undefined;
  return new Set(keys.map(({ id }) => id)).size === keys.length ? keys : undefined;
}

/** Whether a text is a list of usable keys. */
export function areKeys(text: string): boolean {
  return parseHmacKeys(text) !== undefined;
}

function parseKey(text: string): HmacKey | undefined {
  const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? [];
  if (id === undefined || base64 === undefined) return undefined;
  const key = Buffer.from(base64, 'base64');
  return key.length >= LEAST_BYTES && !isPlaceholder(key) ? { id, key } : undefined;
}
