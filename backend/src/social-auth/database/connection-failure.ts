/** SQLSTATEs with which a server that is there says that it cannot serve now. */
const BUSY_CLASS = '53';
const BUSY_STATES = new Set([
  '25P03', // idle in transaction for too long
  '55P03', // lock not available in time
  '57014', // statement timeout
]);

/** SQLSTATEs after which no connection of the same age is worth keeping. */
const LOST_CLASS = '08';
const LOST_STATES = new Set([
  '25006', // read-only transaction: a primary that became a standby
  '57P01', // administrator's shutdown
  '57P02', // crash shutdown
  '57P03', // starting up or shutting down
  '57P05', // idle session timeout
]);

const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/** What pg and TypeORM say in words alone. */
const MESSAGES =
  /connection terminated|query read timeout|timeout expired|timeout exceeded when trying to connect|client was closed|not queryable|connection ended|cannot use a pool after|not (yet )?(initialized|established|connected)|server does not support|unexpected response/i;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** An error by its shape: it may come from another realm, where `instanceof` says no. */
interface ErrorShape {
  code?: unknown;
  message?: unknown;
  errors?: unknown;
}

const isState = (code: unknown, states: ReadonlySet<string>, stateClass: string): boolean =>
  typeof code === 'string' && (states.has(code) || (SQLSTATE.test(code) && code.startsWith(stateClass)));

/** Whether an error says that the connection is gone, or that nobody answers on it any more. */
export function isConnectionLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors } = error as ErrorShape;
  if (typeof code === 'string' && SYSTEM_CODES.has(code)) return true;
  if (isState(code, LOST_STATES, LOST_CLASS)) return true;
  // One error for each address that was tried.
  if (Array.isArray(errors) && errors.some(isConnectionLost)) return true;
  return typeof message === 'string' && MESSAGES.test(message);
}

/** Whether an error says that the database cannot answer now, rather than that a statement is wrong. */
export function isDatabaseFailure(error: unknown): boolean {
  return isConnectionLost(error) || isState((error as ErrorShape | null)?.code, BUSY_STATES, BUSY_CLASS);
}
