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
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return SYSTEM_CODES.includes(code) || SERVER_STATES.test(code);
  return MESSAGES.test(error.message);
}
