import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner';
import {
  AccountDirectory,
  type AccountsWanted,
} from '../../../src/social-auth/accounts/administration/account-directory';
import { describeOnPostgres } from '../../support/describe-on-server';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { AccountsHost } from './accounts-host';

const ACCOUNTS = 200_000;

describeOnPostgres(`the directory of ${ACCOUNTS} accounts`, (server) => {
  let temporary: TemporaryDatabase;
  let host: AccountsHost;

  beforeAll(async () => {
    temporary = await server().createDatabase();
    host = await AccountsHost.start(temporary.url);
    await host.query(`
      insert into social_auth_account (id, email, email_verified, provider, disabled_at)
      select ('01939f6e-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person' || n || '@example.com',
             n % 2 = 0, 'google', case when n in (5, 6, 7) then now() end
        from generate_series(1, ${ACCOUNTS}) n`);
    await host.query(`
      insert into social_auth_identity (id, account_id, provider, issuer, subject, email_verified, is_primary)
      select id, id, 'google', 'https://accounts.google.com', email, false, true from social_auth_account`);
    await host.query('analyze social_auth_account');
    await host.query('analyze social_auth_identity');
  }, 120_000);
  afterAll(async () => {
    await host?.stop();
    await temporary?.drop();
  });

  interface Plan {
    'Actual Rows': number;
    'Actual Loops': number;
    'Rows Removed by Filter'?: number;
    Plans?: Plan[];
  }
  /** How many rows were touched at each step of a plan, all in all. */
  const touched = (plan: Plan): number =>
    (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] +
    (plan.Plans ?? []).reduce((sum, part) => sum + touched(part), 0);

  /** Runs a search, and tells what it found and how many rows that took. */
  async function search(wanted: AccountsWanted): Promise<{ found: number; touched: number }> {
    const asked = jest.spyOn(PostgresQueryRunner.prototype, 'query');
    try {
      const { rows } = await host.get(AccountDirectory).page(wanted);
      const [text, values] = asked.mock.calls.find(([sql]) => /^select/i.test(sql)) ?? [''];
      const explained = `explain (analyze, format json) ${text}`;
      const [row] = await host.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explained, values as unknown[]);
      return { found: rows.length, touched: touched(row!['QUERY PLAN'][0].Plan) };
    } finally {
      asked.mockRestore();
    }
  }

  it.each<[string, Omit<AccountsWanted, 'limit'>, number]>([
    ['an address that is verified', { email: 'PERSON4@example.com' }, 1],
    ['an address that is not', { email: 'person5@EXAMPLE.com' }, 1],
    ['an address that nobody has', { email: 'nobody@example.com' }, 0],
    ['a person', { identity: { provider: 'google', subject: 'Person9@example.com' } }, 1],
    ['a person of another provider', { identity: { provider: 'auth0', subject: 'Person9@example.com' } }, 0],
    ['the disabled ones', { status: 'disabled' }, 3],
    ['a disabled one by its address', { status: 'disabled', email: 'person6@example.com' }, 1],
    ['the active ones', { status: 'active' }, 101],
    ['all', {}, 101],
  ])('finds %s by an index, without reading everything', async (_name, wanted, expected) => {
    const { found, touched } = await search({ ...wanted, limit: 101 });
    expect(found).toBe(expected);
    expect(touched).toBeLessThan(1_000);
  });

  it('pages through them all in their order, each once', async () => {
    const directory = host.get(AccountDirectory);
    const seen: string[] = [];
    let before: string | undefined = '01939f6e-0000-7000-8000-0000000000ff';
    while (before !== undefined) {
      const page = await directory.page({ before, limit: 100 });
      seen.push(...page.rows.map(({ id }) => id));
      before = page.next;
    }
    expect(seen).toHaveLength(254);
    expect([...seen].sort().reverse()).toEqual(seen);
  });
});
