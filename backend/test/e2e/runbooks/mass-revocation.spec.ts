import { Client } from 'pg';
import { textOf } from '../../repository/repository-files';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { startTestApp, type TestApp } from '../../support/test-app';

/** The text that the runbook gives. */
function statementOfRunbook(): string {
  const document = textOf('docs/operations.md');
  const [, section = ''] = /^### Everybody must sign in again\n([^]*?)^### /m.exec(document) ?? [];
  return /^```sql\n([^]*?)^```$/m.exec(section)?.[1] ?? '';
}

describeOnPostgres('when everybody must sign in again', (postgres) => {
  let database: TemporaryDatabase;
  let server: TestApp;
  let replica: TestApp;
  let operator: Client;

  beforeAll(async () => {
    database = await postgres().createDatabase();
    const shared = { url: database.url, stop: () => database.drop() };
    server = await startTestApp({ database: shared });
    replica = await startTestApp({ database: shared, idp: server.idp, migrate: false, settings: server.environment });
    operator = new Client({ connectionString: database.url });
    await operator.connect();
  }, 60_000);
  afterAll(async () => {
    await operator?.end();
    await replica?.stop();
    await server?.stop();
    await database?.drop();
  });

  it('the statement of the runbook ends every token on every replica, and people come back', async () => {
    const people = ['ada', 'ben', 'cleo'];
    const tokens = await Promise.all(people.map(async (person) => (await server.signIn('google', person)).token));
    // So many accounts that the statement commits more than once.
    await operator.query(`
      insert into social_auth_account (id, provider, email_verified)
      select gen_random_uuid(), 'google', false from generate_series(1, 1200)`);
    const statuses = (): Promise<number[]> =>
      Promise.all(
        [server, replica].flatMap((each) =>
          tokens.map(async (token) => (await each.api('/accounts/me', { token })).status),
        ),
      );
    expect(await statuses()).toEqual([200, 200, 200, 200, 200, 200]);
    await operator.query(statementOfRunbook());
    await eventually(async () => expect(await statuses()).toEqual([401, 401, 401, 401, 401, 401]));
    const { rows } = await operator.query('select 1 from social_auth_account where not_before is null');
    expect(rows).toEqual([]);
    const again = await server.signIn('google', 'ada');
    expect((await replica.api('/accounts/me', { token: again.token })).status).toBe(200);
  });
});
