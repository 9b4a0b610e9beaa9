/** SQLSTATEs that speak of the server or the connection, not of the statement. */
const UNAVAILABLE_CLASSES = ['08', '53'];
const UNAVAILABLE_STATES = new Set([
  '25006', // read-only transaction: a primary that became a standby
  '25P03', // idle in transaction for too long
  '55P03', // lock not available in time
  '57014', // statement timeout
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
  /connection terminated|query read timeout|timeout exceeded when trying to connect|client was closed|not queryable|connection ended|cannot use a pool after|not (yet )?(initialized|established|connected)|server does not support|unexpected response/i;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** An error by its shape: it may come from another realm, where `instanceof` says no. */
interface ErrorShape {
  code?: unknown;
  message?: unknown;
  errors?: unknown;
}

function isUnavailableCode(code: string): boolean {
  if (SYSTEM_CODES.has(code)) return true;
  if (!SQLSTATE.test(code)) return false;
  return UNAVAILABLE_STATES.has(code) || UNAVAILABLE_CLASSES.includes(code.slice(0, 2));
}

/** Whether an error says that the database cannot be reached or did not answer, rather than that a statement is wrong. */
export function isConnectionFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors } = error as ErrorShape;
  if (typeof code === 'string' && isUnavailableCode(code)) return true;
  // One error for each address that was tried.
  if (Array.isArray(errors) && errors.some(isConnectionFailure)) return true;
  return typeof message === 'string' && MESSAGES.test(message);
}
