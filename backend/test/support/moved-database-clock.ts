import { Client } from 'pg';

/**
 * The schema stands in the search path before pg_catalog, and behind public, where tables are made. Whatever is made
 * after it, a column's default and a trigger's condition as well, takes its `now()` for the database's.
 */
const INSTALL = `
  create schema test_clock;
  create table test_clock.standing (moment timestamptz not null);
  insert into test_clock.standing values (date_trunc('second', pg_catalog.now()));
  create function test_clock.now() returns timestamptz language sql stable
    as 'select moment from test_clock.standing';
  do $$ begin
    execute format('alter database %I set search_path = public, test_clock, pg_catalog', current_database());
  end $$`;

const PASS = 'update test_clock.standing set moment = moment + make_interval(secs => $1)';

/**
 * The clock of a database on a real server: it stands still until a test moves it.
 *
 * `current_timestamp` and `clock_timestamp()` are not moved; statements of the module ask for neither.
 */
export class MovedDatabaseClock {
  private constructor(private readonly client: Client) {}

  /** Takes over the clock of an empty database: before its tables are made, and before the server connects. */
  static async install(databaseUrl: string): Promise<MovedDatabaseClock> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(INSTALL);
    return new MovedDatabaseClock(client);
  }

  /** What the database takes for the present. */
  async now(): Promise<Date> {
    const { rows } = await this.client.query<{ moment: Date }>('select test_clock.now() as moment');
    const [row] = rows;
    if (!row) throw new Error('The clock is gone.');
    return row.moment;
  }

  /** Lets time pass for every transaction that begins from now on. */
  async pass(seconds: number): Promise<void> {
    await this.client.query(PASS, [seconds]);
  }

  async stop(): Promise<void> {
    await this.client.end();
  }
}
