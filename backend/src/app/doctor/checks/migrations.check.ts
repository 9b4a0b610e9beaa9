import type { Client } from 'pg';
import { schemaOptions } from '../../database/data-source-options';
import type { DatabaseSettings } from '../../settings/settings';
import { askDatabase } from '../database-session';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, warn, type Finding } from '../finding';

const MEND = 'Let the database answer first; DATABASE_URL must be allowed to read its tables.';

/** Whether the database has the schema of this release. */
export class MigrationsCheck implements DoctorCheck {
  inspections({ settings: { database } }: Patient): Inspection[] {
    const look = async (): Promise<Finding[]> => {
      const applied = await askDatabase(database.url, appliedMigrations);
      return [migrationsFinding(wantedMigrations(), applied, database)];
    };
    return [{ subject: 'migrations', mend: MEND, look }];
  }
}

const wantedMigrations = (): string[] =>
  schemaOptions().migrations.map((Migration) => new Migration().name ?? Migration.name);

async function appliedMigrations(client: Client): Promise<string[]> {
  const { migrationsTableName } = schemaOptions();
  const { rows } = await client.query<{ found: string | null }>('select to_regclass($1)::text as found', [
    migrationsTableName,
  ]);
  const table = rows[0]?.found;
  if (table == null) return [];
  const applied = await client.query<{ name: string }>(`select name from ${table}`);
  return applied.rows.map(({ name }) => name);
}

/** What is missing of the schema, and who will apply it. */
export function migrationsFinding(
  wanted: readonly string[],
  applied: readonly string[],
  { migrateOnStart }: Pick<DatabaseSettings, 'migrateOnStart'>,
): Finding {
  const missing = wanted.filter((name) => !applied.includes(name));
  if (missing.length === 0) return ok('migrations', `all ${wanted.length} applied`);
  const message = `${missing.length} of ${wanted.length} missing: ${missing.join(', ')}`;
  if (migrateOnStart) {
    return warn('migrations', message, 'The next start applies them (MIGRATE_ON_START); or run npm run migrate now.');
  }
  return fail('migrations', message, 'Run npm run migrate.');
}
