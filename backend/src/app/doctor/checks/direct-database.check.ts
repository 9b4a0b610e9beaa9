import type { Client } from 'pg';
import type { DatabaseSettings } from '../../settings/settings';
import { askDatabase, isUsableAddress, placeOf } from '../database-session';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, warn, type Finding } from '../finding';

const SUBJECT = 'direct database';
const MEND = 'Correct DATABASE_DIRECT_URL: it leads to the same database, past any pooler, as the owner of the tables.';

/** A database as it describes itself. */
export interface DatabaseIdentity {
  role: string;
  name: string;
  /** When its server started, which tells servers apart. */
  started: string;
  mayCreate: boolean;
}

/** Whether migrations go to the same database, as somebody who may apply them. */
export class DirectDatabaseCheck implements DoctorCheck {
  inspections({ settings: { database } }: Patient): Inspection[] {
    // Without any address there is nothing to compare, and the check of the database says so.
    if (!isUsableAddress(database.directUrl)) return [];
    return [{ subject: SUBJECT, mend: MEND, look: async () => [await look(database)] }];
  }
}

async function look(database: DatabaseSettings): Promise<Finding> {
  const { url, directUrl, preparedStatements, poolMax } = database;
  if (directUrl === url) return sameAddressFinding({ pooled: !preparedStatements && poolMax > 1 });
  const [used, direct] = await Promise.all([askDatabase(url, identify), askDatabase(directUrl, identify)]);
  return directFinding(used, direct, placeOf(directUrl));
}

async function identify(client: Client): Promise<DatabaseIdentity> {
  const { rows } = await client.query<DatabaseIdentity>(`
    select current_user as role, current_database() as name, pg_postmaster_start_time()::text as started,
           coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate"`);
  if (!rows[0]) throw new Error('the database answered nothing');
  return rows[0];
}

/** What it means that migrations use the address of the server. */
export function sameAddressFinding({ pooled }: { pooled: boolean }): Finding {
  if (!pooled) return ok(SUBJECT, 'migrations go to DATABASE_URL');
  return warn(
    SUBJECT,
    'not set, although DATABASE_PREPARED=false speaks of a pooler: the lock of migrations belongs to a session',
    'Set DATABASE_DIRECT_URL to the address of the database itself.',
  );
}

/** What it means that they have an address of their own. */
export function directFinding(used: DatabaseIdentity, direct: DatabaseIdentity, place: string): Finding {
  const message = `migrations go to ${place}, as ${direct.role}`;
  if (used.name !== direct.name || used.started !== direct.started) {
    return fail(SUBJECT, `${message}: another database than that of DATABASE_URL`, MEND);
  }
  return direct.mayCreate ? ok(SUBJECT, message) : fail(SUBJECT, `${message}, who may create no tables`, MEND);
}
