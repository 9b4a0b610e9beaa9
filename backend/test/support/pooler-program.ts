import { execFileSync } from 'node:child_process';
import { findServerProgram } from './server-program-path';

/** PgBouncer knows named statements in transaction mode from 1.21 on. */
const FIRST_WITH_STATEMENTS = [1, 21] as const;

/** A PgBouncer as it is installed. */
export interface PoolerProgram {
  path: string;
  version: string;
  /** Whether the backends may name their statements. */
  knowsStatements: boolean;
}

/** The PgBouncer that is installed, if there is one; `PGBOUNCER_PATH` names another. */
export function findPooler(): PoolerProgram | undefined {
  const path = process.env.PGBOUNCER_PATH ?? findServerProgram('pgbouncer');
  if (!path) return undefined;
  const [, version = '0.0'] = /(\d+\.\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' })) ?? [];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [firstMajor, firstMinor] = FIRST_WITH_STATEMENTS;
  const knowsStatements = major > firstMajor || (major === firstMajor && minor >= firstMinor);
  return { path, version, knowsStatements };
}
