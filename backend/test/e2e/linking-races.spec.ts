import type { ApiAnswer } from '../support/api-client';
import { describeOnPostgres } from '../support/describe-on-server';
import { conflictOf, LinkingPerson } from '../support/linking-person';
import { persistently } from '../support/persistently';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

const many = <Result extends object>(times: number, work: (time: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, time) => persistently(() => work(time))));

/** How often each status and code was answered. */
function tally(answers: readonly ApiAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const outcome = [status, body.code].filter(Boolean).join(' ');
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

describeOnPostgres('linking under concurrency', (postgres) => {
  let server: TestApp;

  beforeAll(async () => {
    const temporary = await postgres().createDatabase();
    server = await startTestApp({
      database: { url: temporary.url, stop: temporary.drop },
      settings: { ACCOUNT_LINKING: 'google:link-verified,auth0:link-verified', LINK_SAME_SUBJECT: 'true' },
    });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await server?.database.stop();
  });
  beforeEach(() => server.dataSource.query('truncate social_auth_account, social_auth_tombstone cascade'));

  const rows = async (table: string): Promise<number> => {
    const [row] = await server.dataSource.query<{ n: number }[]>(`select count(*)::int as n from social_auth_${table}`);
    return row?.n ?? -1;
  };

  it('25 uses of one ticket link once, and the rest is told that it is used', async () => {
    const claims = { sub: 'auth0|1', email: 'ada.winter@example.com' };
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    const { link_ticket: ticket } = await conflictOf(server, 'auth0', 'ada', claims);
    const answers = await many(25, () => ada.redeem(ticket));
    expect(tally(answers)).toEqual({ '200': 1, '400 link_ticket_invalid': 24 });
    expect(await ada.identities()).toHaveLength(2);
    expect((await ada.events()).filter(([type]) => type === 'identity_linked')).toHaveLength(1);
  });

  it('25 refused sign-ins of one identity leave one ticket', async () => {
    const claims = { sub: 'auth0|1', email: 'ada.winter@example.com' };
    await LinkingPerson.of(server, 'google', 'ada');
    const answers = await many(25, () => server.postIdToken('auth0', 'ada', { claims }));
    expect(tally(answers)).toEqual({ '409 email_in_use': 25 });
    expect(await rows('link_ticket')).toBe(1);
  });

  it('25 unlinkings of two identities leave one', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    await ada.link('auth0', 'ada');
    const sessions = [ada, await LinkingPerson.of(server, 'auth0', 'ada')];
    const ids = (await ada.identities()).map(({ id }) => id);
    const answers = await many(25, (time) => sessions[time % 2]!.unlink(ids[(time >> 1) % 2]!));
    expect(tally(answers)['204']).toBe(1);
    // The one who came later may have come with a token that was ended.
    expect(answers.every(({ status }) => [204, 401, 404, 409].includes(status))).toBe(true);
    expect(await rows('identity')).toBe(1);
  });

  it.each(['same subject', 'verified address'])(
    'first sign-ins of one person at both providers at once make one account, by the %s',
    async (by) => {
      for (let round = 0; round < 5; round += 1) {
        const claims = { email: `person${round}@example.com`, email_verified: true, hd: 'example.com' };
        const subject = 10_000 + round;
        const subjects: Record<IssuerName, string> = {
          google: String(subject),
          auth0: by === 'same subject' ? `google-oauth2|${subject}` : `auth0|${subject}`,
        };
        const answers = await many(10, (time) => {
          const issuer = time % 2 === 0 ? 'google' : 'auth0';
          return server.postIdToken(issuer, 'ada', { claims: { ...claims, sub: subjects[issuer] } });
        });
        expect(tally(answers)).toEqual({ '200': 10 });
        expect(new Set(answers.map(({ body }) => body.account.id)).size).toBe(1);
        expect([await rows('account'), await rows('identity')]).toEqual([round + 1, 2 * (round + 1)]);
      }
    },
  );

  it('25 first sign-ins of as many people with one address make one account', async () => {
    const claims = { email: 'wanted@example.com', email_verified: true };
    const answers = await many(25, (time) =>
      server.postIdToken('google', 'ada', { claims: { ...claims, sub: `${time}` } }),
    );
    expect(tally(answers)).toEqual({ '200': 1, '409 email_in_use': 24 });
  });

  it('two accounts that want one identity at once: one has it', async () => {
    for (let round = 0; round < 5; round += 1) {
      await server.dataSource.query('truncate social_auth_account cascade');
      const people = [await LinkingPerson.of(server, 'google', 'ada'), await LinkingPerson.of(server, 'google', 'sam')];
      const answers = await many(10, (time) => people[time % 2]!.link('auth0', 'wanda'));
      expect(tally(answers)).toEqual({ '200': 5, '409 identity_in_use': 5 });
      expect(await rows('identity')).toBe(3);
    }
  });

  it('link, unlink, sign-in, sign-out and a new profile of one account at once end in no deadlock', async () => {
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 12; round += 1) {
      const ada = await LinkingPerson.of(server, 'google', 'ada');
      const answers = await Promise.all(
        [
          ada.link('auth0', 'ada'),
          server.postIdToken('auth0', 'ada'),
          server.postIdToken('google', 'ada', { claims: { email: `new${round}@example.com` } }),
          ada.identities().then(async (all) => ada.unlink(all[all.length - 1]!.id)),
          ada.link('auth0', 'ada'),
          server.postIdToken('auth0', 'ada', { claims: { email: `new${round}@example.com` } }),
          server.api('/auth/logout-all', { method: 'POST', token: ada.token }),
          server.postIdToken('auth0', 'ada'),
        ].map((asked) => asked.catch((error: Error) => ({ status: 0, body: { code: error.message } }) as ApiAnswer)),
      );
      for (const [outcome, count] of Object.entries(tally(answers)))
        outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
      const [orphan] = await server.dataSource.query<{ n: number }[]>(`
        select count(*)::int as n from social_auth_account account
         where not exists (select from social_auth_identity identity where identity.account_id = account.id and is_primary)`);
      expect(orphan?.n).toBe(0);
    }
    expect(
      Object.keys(outcomes).filter((outcome) => /^5/.test(outcome) && outcome !== '503 database_unavailable'),
    ).toEqual([]);
    const [shared] = await server.dataSource.query<{ n: number }[]>(`
      select count(*)::int as n from (
        select lower(email) from social_auth_account where email_verified group by 1 having count(*) > 1) twice`);
    expect(shared?.n).toBe(0);
  }, 60_000);
});
