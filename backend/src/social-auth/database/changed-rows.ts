import type { EntityManager } from 'typeorm';

/** The rows that an `update` or a `delete` returns: TypeORM answers one with them and their number. */
export async function changedRows<Row extends object>(
  manager: EntityManager,
  statement: string,
  values: unknown[],
): Promise<Row[]> {
  const [rows] = await manager.query<[Row[], number]>(statement, values);
  return rows;
}
