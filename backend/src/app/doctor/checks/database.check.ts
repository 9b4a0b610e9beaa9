import type { Client } from 'pg';
import { clockFinding, skewSeconds } from '../clock-skew';
import { askDatabase, placeOf } from '../database-session';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, type Finding } from '../finding';

const LEAST_VERSION = 150_000;
const MEND = 'Start the database, or correct DATABASE_URL (docs/operations.md, PostgreSQL).';

interface Row {
  role: string;
  version: string;
  number: number;
  milliseconds: number;
}

/** Whether the database answers, who we are there, how old it is and what time it has. */
export class DatabaseCheck implements DoctorCheck {
  inspections(patient: Patient): Inspection[] {
    const { url } = patient.settings.database;
    return [{ subject: 'database', mend: MEND, look: () => askDatabase(url, (client) => look(client, patient)) }];
  }
}

async function look(client: Client, { settings, clock }: Patient): Promise<Finding[]> {
  const sentAt = clock.now();
  const { rows } = await client.query<Row>(`
    select current_user as role, current_setting('server_version') as version,
           current_setting('server_version_num')::int as number,
           (extract(epoch from clock_timestamp()) * 1000)::float8 as milliseconds`);
  const receivedAt = clock.now();
  const [row] = rows;
  if (!row) throw new Error('the database answered nothing');
  const skew = skewSeconds({ sentAt, receivedAt, shown: row.milliseconds });
  return [versionFinding(row, placeOf(settings.database.url)), clockFinding('database clock', skew)];
}

/** Whether a server of this version, which we reach as this role, will do. */
export function versionFinding({ role, version, number }: Omit<Row, 'milliseconds'>, place: string): Finding {
  const message = `PostgreSQL ${version} at ${place}, as ${role}`;
  if (number >= LEAST_VERSION) return ok('database', message);
  return fail('database', message, 'Use PostgreSQL 15 or newer.');
}
