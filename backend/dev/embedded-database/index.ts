export { EmbeddedDatabase } from './embedded-database';
export type { EmbeddedDatabaseOptions } from './embedded-database';
