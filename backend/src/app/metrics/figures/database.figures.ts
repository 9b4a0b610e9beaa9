import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Figure } from './figure';

/** How busy the connections to the database are. */
export function databaseFigures(dataSource: DataSource): Figure[] {
  // There is no pool before the database was reached for the first time.
  const pool = (): Partial<Pool> => (dataSource.driver as unknown as { master?: Pool }).master ?? {};
  return [
    {
      name: 'database_pool_connections',
      help: 'Connections to the database, by state (idle, busy).',
      type: 'gauge',
      labels: ['state'],
      read: () => {
        const { totalCount = 0, idleCount = 0 } = pool();
        return [
          { labels: { state: 'idle' }, value: idleCount },
          { labels: { state: 'busy' }, value: totalCount - idleCount },
        ];
      },
    },
    {
      name: 'database_pool_waiting',
      help: 'Statements that wait for a connection to the database.',
      type: 'gauge',
      read: () => [{ value: pool().waitingCount ?? 0 }],
    },
  ];
}
