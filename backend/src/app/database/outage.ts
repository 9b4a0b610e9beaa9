import { types } from 'node:util';

const SYSTEM_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** SQLSTATEs of a server that is starting, stopping or full. */
const SERVER_STATES = /^(08...|53...|57P0[1-5])$/;

const MESSAGES = /timeout expired|timeout exceeded|read timeout|connection terminated|connection ended/i;

/** Whether an error says that the database is not there now, rather than that it was asked for something wrong. */
export function isOutage(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  // Node joins the failures of all the addresses of a host.
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  if (Array.isArray(errors) && errors.some(isOutage)) return true;
  if (typeof code === 'string') return SYSTEM_CODES.includes(code) || SERVER_STATES.test(code);
  return MESSAGES.test(error.message);
}
