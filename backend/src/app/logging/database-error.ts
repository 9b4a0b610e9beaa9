/** What PostgreSQL tells of a statement that it refuses. */
export interface ServerRefusal {
  /** SQLSTATE. */
  code: string;
  table?: string;
  constraint?: string;
  /** Whether its message may quote values: people's addresses, say. */
  quotesValues: boolean;
}

/** Classes of SQLSTATE whose messages name connections, roles and parts of the schema, and never quote a value. */
const WITHOUT_VALUES = /^(08|25|28|3D|3F|40|42|53|55|57|58)/;

/** What the server says of an error of the driver, or of TypeORM's around it; undefined for any other. */
export function serverRefusalOf(error: object): ServerRefusal | undefined {
  // By its shape: it may come from another realm, where `instanceof` says no.
  const { driverError } = error as { driverError?: unknown };
  const { severity, code, table, constraint } = (driverError ?? error) as Record<string, unknown>;
  if (typeof severity !== 'string' || typeof code !== 'string') return undefined;
  return {
    code,
    ...(typeof table === 'string' && { table }),
    ...(typeof constraint === 'string' && { constraint }),
    quotesValues: !WITHOUT_VALUES.test(code),
  };
}
