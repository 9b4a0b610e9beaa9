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
  '57P04', // database dropped
  '57P05', // idle session timeout
]);

const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);

/** What pg and TypeORM say in words alone of a connection that is gone. */
const LOST_MESSAGES =
  /connection terminated|client was closed|not queryable|connection ended|cannot use a pool after|not (yet )?(initialized|established|connected)|already released|unexpected response/i;

/** What pg says of a connection on which nothing came in time. */
const SILENT_MESSAGES = /read timeout|timeout expired|timeout exceeded when trying to connect/i;

/** What a failure says of the connection on which it happened. */
export type ConnectionVerdict =
  /** Gone, and those of its age with it. */
  | 'lost'
  /** Nobody answered in time: it may be gone. */
  | 'silent'
  /** The server is there and cannot serve now. */
  | 'busy'
  /** Nothing: the statement is wrong. */
  | 'sound';

/** An error by its shape: it may come from another realm, where `instanceof` says no. */
interface ErrorShape {
  code?: unknown;
  message?: unknown;
  /** Only errors that the server itself reports have one. */
  severity?: unknown;
  /** One error for each address that was tried. */
  errors?: unknown;
  /** What TypeORM has wrapped. */
  driverError?: unknown;
}

const shapeOf = (error: unknown): ErrorShape => (typeof error === 'object' && error !== null ? error : {});

function verdictOfServer(state: unknown): ConnectionVerdict {
  if (typeof state !== 'string') return 'sound';
  if (LOST_STATES.has(state) || state.startsWith(LOST_CLASS)) return 'lost';
  return BUSY_STATES.has(state) || state.startsWith(BUSY_CLASS) ? 'busy' : 'sound';
}

/** What an error of the driver says of the connection; the words of an error that the server reports are not looked at. */
export function connectionVerdict(error: unknown): ConnectionVerdict {
  const { code, message, severity, errors, driverError } = shapeOf(error);
  if (driverError !== undefined) return connectionVerdict(driverError);
  if (severity !== undefined) return verdictOfServer(code);
  if (typeof code === 'string' && SYSTEM_CODES.has(code)) return 'lost';
  if (Array.isArray(errors) && errors.some((each) => connectionVerdict(each) === 'lost')) return 'lost';
  if (typeof message !== 'string') return 'sound';
  if (LOST_MESSAGES.test(message)) return 'lost';
  return SILENT_MESSAGES.test(message) ? 'silent' : 'sound';
}

/** Whether an error of the driver says that the database cannot answer now, rather than that a statement is wrong. */
export const isDatabaseFailure = (error: unknown): boolean => connectionVerdict(error) !== 'sound';
