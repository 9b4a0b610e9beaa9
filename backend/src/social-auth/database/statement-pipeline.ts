import { type FieldDef, type PoolClient, type QueryResultRow, type Submittable, types } from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import type { Statement } from './social-auth.database';

/** As much of pg's connection as is needed to send several statements at once; pg-cursor and others use the same. */
interface WireConnection {
  stream: { cork(): void; uncork(): void };
  /** The texts of the statements that are prepared on it, by name; kept by pg. */
  parsedStatements: Record<string, string>;
  parse(message: { name: string; text: string; types: readonly [] }): void;
  bind(message: {
    portal: string;
    statement: string;
    values: unknown[];
    valueMapper: (value: unknown) => unknown;
  }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string; rows: undefined }): void;
  sync(): void;
}

/** What becomes of one column of the rows. */
interface Column {
  name: string;
  parse: (text: string) => unknown;
}

type Outcome = (error: Error | undefined, results: QueryResultRow[][]) => void;

/**
 * Several statements in one round trip and, because nothing ends the transaction between them, in one transaction: each
 * sees what was committed before it began, a lock that one takes is held until the last is done, and if one fails none
 * has happened.
 *
 * pg calls it as it calls its own queries and pg-cursor's.
 */
class StatementPipeline {
  private readonly results: QueryResultRow[][];
  private columns: readonly Column[] = [];
  private current = 0;
  /** What a type parser of the host has thrown: out of pg's reading of the socket, it would end the process. */
  private failure: Error | undefined;

  constructor(
    private readonly statements: readonly Statement[],
    /** Read by pg: after this time, in milliseconds, it gives up. */
    readonly query_timeout: number,
    /** Called once; pg puts its own in its place, which ends its timer. */
    public callback: Outcome,
  ) {
    this.results = statements.map(() => []);
  }

  submit(connection: WireConnection): void {
    connection.stream.cork();
    try {
      for (const statement of this.statements) send(connection, statement);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription({ fields }: { fields: readonly FieldDef[] }): void {
    this.columns = fields.map(columnOf);
  }

  handleDataRow({ fields: values }: { fields: readonly (string | null)[] }): void {
    try {
      this.results[this.current]?.push(rowOf(this.columns, values));
    } catch (error) {
      this.failure ??= error as Error;
    }
  }

  handleCommandComplete(): void {
    this.current += 1;
  }

  handleEmptyQuery(): void {
    this.current += 1;
  }

  handlePortalSuspended(): void {}

  handleError(error: Error): void {
    this.callback(error, []);
  }

  handleReadyForQuery(connection: WireConnection): void {
    for (const { name, text } of this.statements) if (name !== undefined) connection.parsedStatements[name] = text;
    this.callback(this.failure, this.results);
  }
}

/** The parser of a type is asked for once a statement, as pg does, and not for each of its values. */
const columnOf = ({ name, dataTypeID }: FieldDef): Column => ({
  name,
  parse: types.getTypeParser(dataTypeID, 'text') as Column['parse'],
});

function rowOf(columns: readonly Column[], values: readonly (string | null)[]): QueryResultRow {
  const row: QueryResultRow = {};
  columns.forEach(({ name, parse }, at) => {
    const value = values[at] ?? null;
    row[name] = value === null ? null : parse(value);
  });
  return row;
}

/**
 * Sends statements together and waits for what they bring.
 *
 * @throws whatever the driver fails with; then nothing is known of what the client has prepared.
 */
export function sendTogether(
  client: PoolClient,
  statements: readonly Statement[],
  deadlineMs: number,
): Promise<QueryResultRow[][]> {
  return new Promise((resolve, reject) => {
    const pipeline = new StatementPipeline(statements, deadlineMs, (error, results) =>
      error ? reject(error) : resolve(results),
    );
    client.query(pipeline as unknown as Submittable);
  });
}

function send(connection: WireConnection, { name = '', text, values = [] }: Statement): void {
  if (connection.parsedStatements[name] !== text) connection.parse({ name, text, types: [] });
  connection.bind({ portal: '', statement: name, values, valueMapper: prepareValue });
  connection.describe({ type: 'P', name: '' });
  connection.execute({ portal: '', rows: undefined });
}
