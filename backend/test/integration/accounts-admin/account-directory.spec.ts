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
  ])('finds %s without reading everything', async (_name, wanted, expected) => {
    const started = performance.now();
    const { rows } = await host.get(AccountDirectory).page({ ...wanted, limit: 101 });
    expect(performance.now() - started).toBeLessThan(150);
    expect(rows).toHaveLength(expected);
  });

  it('uses an index for each search', async () => {
    const plan = async (condition: string): Promise<string> => {
      const rows = await host.query<{ 'QUERY PLAN': string }>(
        `explain select * from social_auth_account a where ${condition} order by a.id desc limit 51`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    expect(await plan(`lower(a.email collate "C") = lower('x@example.com' collate "C")`)).toContain(
      'social_auth_account_email',
    );
    expect(await plan('a.disabled_at is not null')).toContain('social_auth_account_disabled');
    const ofPerson = `a.id in (select account_id from social_auth_identity where subject = '1' and provider = 'google')`;
    expect(await plan(ofPerson)).toContain('social_auth_identity_subject');
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
