import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findPostgresPrograms, findRunner, type Runner } from '../../support/postgres-installation';

/** PgBouncer knows named statements in transaction mode from 1.21 on. */
const FIRST_WITH_STATEMENTS = [1, 21] as const;
/** Where Debian keeps servers, which is not everybody's path. */
const SERVER_PATHS = ['/usr/sbin', '/usr/local/sbin'];

/** A PgBouncer as it is installed. */
export interface PoolerProgram {
  path: string;
  version: string;
  /** Whether the backends may name their statements. */
  knowsStatements: boolean;
}

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
  const nginx = findProgram('nginx');
  const pooler = findPooler();
  const redis = findProgram('redis-server');
  const postgres = findPostgresPrograms();
  const runner = findRunner();
  if (nginx && pooler && redis && postgres && runner) return { nginx, pooler, redis, postgres, runner };
  const lacks = { nginx, pgbouncer: pooler, 'redis-server': redis, postgresql: postgres && runner };
  return Object.entries(lacks).flatMap(([name, found]) => (found ? [] : [name]));
}

function findPooler(): PoolerProgram | undefined {
  const path = process.env.PGBOUNCER_PATH ?? findProgram('pgbouncer');
  if (!path) return undefined;
  const [, version = '0.0'] = /(\d+\.\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' })) ?? [];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [firstMajor, firstMinor] = FIRST_WITH_STATEMENTS;
  const knowsStatements = major > firstMajor || (major === firstMajor && minor >= firstMinor);
  return { path, version, knowsStatements };
}

function findProgram(name: string): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...SERVER_PATHS];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}
