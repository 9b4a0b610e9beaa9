import { scrubText } from '../logging/scrub-text';

const DEEPEST_CAUSE = 4;
/** Those of the system, of Node and of the database; ours are in small letters. */
const SYSTEM_CODE = /^[A-Z0-9_]+$/;

/** The system's code at the root of an error: those around it say no more than that something failed. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > DEEPEST_CAUSE) return undefined;
  const { code, errors } = error as { code?: unknown; errors?: unknown[] };
  const own = typeof code === 'string' && SYSTEM_CODE.test(code) ? code : undefined;
  return codeOf(error.cause, depth + 1) ?? codeOf(errors?.[0], depth + 1) ?? own;
}

/** Why something failed, in a line, without tokens, addresses of people and passwords. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const [message = ''] = scrubText(error.message).split('\n');
  const root = codeOf(error) ?? (error.cause instanceof Error ? reasonOf(error.cause) : undefined);
  if (root === undefined || message.includes(root)) return message || error.name;
  return message === '' ? root : `${message} (${root})`;
}
