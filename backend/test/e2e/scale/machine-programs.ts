import { findPooler, type PoolerProgram } from '../../support/pooler-program';
import { findPostgresPrograms, findRunner, type Runner } from '../../support/postgres-installation';
import { findServerProgram } from '../../support/server-program-path';

/** What a set-up of many machines is made of. */
export interface MachinePrograms {
  nginx: string;
  pooler: PoolerProgram;
  redis: string;
  /** The directory of PostgreSQL's programs. */
  postgres: string;
  /** Whom to run them as. */
  runner: Runner;
}

/** The programs, or the names of those that are not installed. `PGBOUNCER_PATH` names another PgBouncer. */
export function findMachinePrograms(): MachinePrograms | string[] {
  const nginx = findServerProgram('nginx');
  const pooler = findPooler();
  const redis = findServerProgram('redis-server');
  const postgres = findPostgresPrograms();
  const runner = findRunner();
  if (nginx && pooler && redis && postgres && runner) return { nginx, pooler, redis, postgres, runner };
  const lacks = { nginx, pgbouncer: pooler, 'redis-server': redis, postgresql: postgres && runner };
  return Object.entries(lacks).flatMap(([name, found]) => (found ? [] : [name]));
}
