import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { AccountsService } from '../../src/social-auth';
import { describeOnPostgres } from '../support/describe-on-server';
import type { TemporaryDatabase } from '../support/postgres-server';
import { startTestApp, type TestApp } from '../support/test-app';

const SCRIPT = readFileSync(join(__dirname, '../../../docker/postgres/roles.sql'), 'utf8');
const PASSWORD = 'letters and digits';

describeOnPostgres('the roles that docker/postgres/roles.sql makes', (postgres) => {
  // Roles belong to the whole server, which others may be using.
  const own = (name: string): string => `${name}_${randomUUID().slice(0, 8)}`;
  const roles = { bootstrap: own('test_bootstrap'), owner: own('test_owner'), application: own('test_application') };
  let database: TemporaryDatabase;
  let server: TestApp;

  const urlOf = (role: string): string => {
    const url = new URL(database.url);
    [url.username, url.password] = [role, PASSWORD];
    return url.href;
  };

  async function execute<Row extends object>(url: string, sql: string): Promise<Row[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client
      .query<Row>(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }

  /** The script with the variables of psql replaced, and without the lines that psql itself obeys. */
  function scriptWith(variables: Record<string, string>): string {
    return SCRIPT.replace(/^\\.*\n/gm, '').replace(/:(['"])(\w+)\1/g, (_, quote: string, name: string) => {
      const value = variables[name] ?? '';
      return quote === '"' ? escapeIdentifier(value) : escapeLiteral(value);
    });
  }

  beforeAll(async () => {
    database = await postgres().createDatabase();
    // The script takes the password of the superuser who runs it away.
    await execute(database.url, `CREATE ROLE ${roles.bootstrap} SUPERUSER LOGIN PASSWORD '${PASSWORD}'`);
    const passwords = { owner_password: PASSWORD, application_password: PASSWORD };
    await execute(urlOf(roles.bootstrap), scriptWith({ ...roles, ...passwords, DBNAME: database.name }));
    server = await startTestApp({
      database: { url: urlOf(roles.application), stop: () => database.drop() },
      migrate: false,
      settings: { MIGRATE_ON_START: 'true', DATABASE_DIRECT_URL: urlOf(roles.owner) },
    });
  });
  afterAll(async () => {
    await server?.stop();
    await server?.idp.stop();
    await database?.drop();
    for (const role of Object.values(roles)) await execute(postgres().url, `DROP ROLE IF EXISTS ${role}`);
  });

  it('the server works as one that owns nothing, on tables that the other has made', async () => {
    expect((await server.api('/health/ready')).status).toBe(200);
    const { token, account } = await server.signIn('google', 'ada');
    const { body } = await server.api('/notes', { token, json: { text: 'a note' } });
    expect((await server.api('/notes', { token })).body.notes).toEqual([body]);
    expect((await server.api(`/notes/${body.id}`, { method: 'DELETE', token })).status).toBe(204);
    expect((await server.postIdToken('google', 'ada', { claims: { name: 'Another Name' } })).status).toBe(200);
    expect((await server.api('/auth/logout', { method: 'POST', token })).status).toBe(204);
    const { token: another } = await server.signIn('google', 'ada');
    expect((await server.api('/auth/logout-all', { method: 'POST', token: another })).status).toBe(204);
    await server.app.get(AccountsService).deleteAccount(account.id);
    const owners = await execute(
      database.url,
      'SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = $$public$$',
    );
    expect(owners).toEqual([{ tableowner: roles.owner }]);
  });

  it.each([
    'CREATE TABLE mine (id int)',
    'CREATE TEMPORARY TABLE mine (id int)',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$SELECT 1$$',
    'ALTER TABLE note DROP COLUMN text',
    'DROP TABLE social_auth_token',
    'TRUNCATE social_auth_account CASCADE',
    'CREATE TRIGGER mine AFTER INSERT ON note EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    "COPY note TO PROGRAM 'true'",
    "SELECT pg_read_file('PG_VERSION')",
    'SELECT rolpassword FROM pg_authid',
    'CREATE ROLE mine',
  ])('the application may not: %s', async (sql) => {
    await expect(execute(urlOf(roles.application), sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('neither is superuser, and the superuser has no password left', async () => {
    const rows = await execute<{ name: string; free: boolean; locked: boolean }>(
      database.url,
      `SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication AS free,
        rolpassword IS NULL AS locked FROM pg_authid WHERE rolname IN (${Object.values(roles).map(escapeLiteral).join()})`,
    );
    expect(rows).toHaveLength(3);
    for (const { name, free, locked } of rows)
      expect([name, free, locked]).toEqual([name, name === roles.bootstrap, name === roles.bootstrap]);
  });
});
