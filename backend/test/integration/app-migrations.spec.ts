import { DataSource } from 'typeorm';
import { Client } from 'pg';
import { dataSourceOptions, schemaOptions } from '../../src/app/database/data-source-options';
import { runMigrations } from '../../src/app/migrate';
import { describeOnPostgres } from '../support/describe-on-server';
import type { TemporaryDatabase } from '../support/postgres-server';

describeOnPostgres('the migrations of the server', (postgres) => {
  let database: TemporaryDatabase;
  beforeEach(async () => {
    database = await postgres().createDatabase();
  });
  afterEach(() => database.drop());

  const migrate = () => runMigrations({ DATABASE_URL: database.url });

  const query = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    return client
      .query<Record<string, unknown>>(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };

  it('U9 are applied once by two replicas that start at once', async () => {
    const applied = await Promise.all([migrate(), migrate(), migrate()]);
    expect(applied.map(({ length }) => length).sort()).toEqual([0, 0, schemaOptions().migrations.length]);
    const rows = await query('SELECT name FROM schema_migration ORDER BY id');
    expect(rows).toHaveLength(schemaOptions().migrations.length);
    expect(await query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).toEqual([]);
  });

  it('that fail leave no lock behind', async () => {
    await migrate();
    await query('DELETE FROM schema_migration WHERE id = (SELECT max(id) FROM schema_migration)');
    await expect(migrate()).rejects.toThrow(/already exists/);
    expect(await query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).toEqual([]);
  });

  it('go to the direct address where there is one', async () => {
    const applied = await runMigrations({
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere',
      DATABASE_DIRECT_URL: database.url,
    });
    expect(applied).toHaveLength(schemaOptions().migrations.length);
  });

  it('make the schema that the entities describe', async () => {
    await migrate();
    const settings = { url: database.url, directUrl: database.url, poolMax: 2, preparedStatements: true };
    const dataSource = await new DataSource(dataSourceOptions({ ...settings, migrateOnStart: false })).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map((sql) => sql.query)).toEqual([]);
  });

  it('leave room for the statements of the release before', async () => {
    await migrate();
    const id = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001';
    await query(`
      insert into social_auth_account (id, email, email_verified, name, picture, provider, disabled_at)
      values ('${id}', 'ada@example.com', true, 'Ada', null, 'google', null)`);
    await query(`
      insert into social_auth_identity (id, account_id, provider, issuer, subject, email, email_verified, name, picture, is_primary)
      values ('${id}', '${id}', 'google', 'https://accounts.google.com', '1', 'ada@example.com', true, 'Ada', null, true)`);
    await query(`
      insert into social_auth_token (id, account_id, digest, key_id, provider, client_address, user_agent, created_at, expires_at)
      values ('${id}', '${id}', sha256('token'), 'k1', 'google', null, null, now(), now() + interval '1 day')`);
    const found = await query(`
      select t.id from social_auth_token t join social_auth_account a on a.id = t.account_id
       where t.digest = any(array[sha256('token')]) and t.revoked_at is null and t.expires_at > now() and a.disabled_at is null`);
    expect(found).toEqual([{ id }]);
    await query(`update social_auth_token set revoked_at = now() where id = '${id}' and revoked_at is null`);
    await query(`delete from social_auth_account where id = '${id}'`);
    expect(await query('select 1 from social_auth_token')).toEqual([]);
  });

  it('can be taken back, one by one', async () => {
    await migrate();
    const dataSource = await new DataSource({ ...schemaOptions(), url: database.url }).initialize();
    for (const _ of schemaOptions().migrations) await dataSource.undoLastMigration();
    await dataSource.destroy();
    const tables = await query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    expect(tables).toEqual([{ tablename: 'schema_migration' }]);
    expect(await migrate()).toHaveLength(schemaOptions().migrations.length);
  });

  it('L5 print nothing, not even when they fail', async () => {
    const prints = [jest.spyOn(console, 'log'), jest.spyOn(console, 'warn'), jest.spyOn(process.stdout, 'write')];
    await migrate();
    await query('DELETE FROM schema_migration');
    await expect(migrate()).rejects.toThrow();
    for (const print of prints) expect(print).not.toHaveBeenCalled();
    for (const print of prints) print.mockRestore();
  });
});
