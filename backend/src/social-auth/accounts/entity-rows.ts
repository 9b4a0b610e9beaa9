import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** SQL: every column of an entity, under names by which {@link entityOf} finds them. */
export function columnsOf(manager: EntityManager, entity: EntityTarget<ObjectLiteral>, alias: string): string {
  const { columns } = manager.connection.getMetadata(entity);
  return columns.map((column) => `${alias}."${column.databaseName}" as "${alias}.${column.propertyName}"`).join(', ');
}

/** The entity in a row that was selected with {@link columnsOf}. */
export function entityOf<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Entity>,
  alias: string,
  row: Readonly<Record<string, unknown>>,
): Entity {
  const { columns } = manager.connection.getMetadata(entity);
  const values = columns.map(({ propertyName }) => [propertyName, row[`${alias}.${propertyName}`]] as const);
  return Object.assign(manager.create(entity), Object.fromEntries(values));
}
