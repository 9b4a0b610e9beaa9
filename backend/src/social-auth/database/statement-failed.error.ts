interface ServerError {
  code?: unknown;
  constraint?: unknown;
  table?: unknown;
  driverError?: unknown;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * A statement that the database refused. What the driver and TypeORM say beside the code quotes the statement's
 * parameters, which are people's addresses and digests of tokens: it goes no further.
 */
export class StatementFailedError extends Error {
  /** SQLSTATE. */
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly table: string | undefined;

  constructor(error: unknown) {
    const { driverError = error } = error as ServerError;
    const { code, constraint, table } = driverError as ServerError;
    super(`The database refused a statement (${textOf(code) ?? 'no SQLSTATE'}).`);
    this.name = 'StatementFailedError';
    this.code = textOf(code);
    this.constraint = textOf(constraint);
    this.table = textOf(table);
  }
}

/** Whether an error is the driver's or TypeORM's, and not one that the work in a transaction threw on its own account. */
export function isOfDriver(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return 'driverError' in error || 'severity' in error || (error as Error).name === 'QueryRunnerAlreadyReleasedError';
}
