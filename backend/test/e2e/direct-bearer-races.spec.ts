import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { countRows } from '../hostile/court';
import { describeOnPostgres } from '../support/describe-on-server';
import { accessTokenOf, newPerson, stateWith, TAKES_ACCESS_TOKENS } from '../support/direct-bearer';
import { eventually } from '../support/eventually';
import type { TemporaryDatabase } from '../support/postgres-server';
import { startTestApp, type TestApp } from '../support/test-app';

const AT_ONCE = 20;
const ROUNDS = 5;
const ASKING = 4;

describeOnPostgres('bearer tokens of the provider at two replicas', (postgres) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let one: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await postgres().createDatabase();
    const options = {
      idp,
      settings: { ...TAKES_ACCESS_TOKENS, REVOCATION_BOUND_MS: '2000' },
      database: { url: database.url, stop: () => database.drop() },
    };
    one = await startTestApp(options);
    other = await startTestApp(options);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([one?.stop(), other?.stop()]);
    await database?.drop();
    await idp?.stop();
  });

  it('M8 make one account, however many first sights there are at once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const token = await accessTokenOf(one, newPerson());
      const before = await countRows(one);
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) => (index % 2 ? one : other).api('/accounts/me', { token })),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      const { accounts, identities } = await countRows(one);
      expect({ accounts, identities }).toEqual({ accounts: before.accounts + 1, identities: before.identities + 1 });
    }
  });

  it('M8 make one account together with exchanges of the same person', async () => {
    const token = await accessTokenOf(one, newPerson());
    const ids = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, index) => {
        if (index % 2) return (await one.api('/accounts/me', { token })).body.id;
        return (await other.api('/auth/auth0', { json: { access_token: token } })).body.account.id;
      }),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('T6 end with the answer to signing out everywhere, whatever is in flight, and soon at the other replica', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const token = await accessTokenOf(one, newPerson());
      expect([await stateWith(one, token), await stateWith(other, token)]).toEqual(['200', '200']);
      const asked: { sentAt: number; state: string }[] = [];
      const watch = { isOver: false };
      const asking = Array.from({ length: ASKING }, async () => {
        while (!watch.isOver) {
          const sentAt = performance.now();
          asked.push({ sentAt, state: await stateWith(one, token) });
        }
      });
      const { status } = await one.api('/auth/logout-all', { method: 'POST', token });
      const answeredAt = performance.now();
      await eventually(() => expect(asked.some(({ sentAt }) => sentAt > answeredAt)).toBe(true));
      watch.isOver = true;
      await Promise.all(asking);
      expect(status).toBe(204);
      const after = asked.filter(({ sentAt }) => sentAt > answeredAt).map(({ state }) => state);
      expect(new Set(after)).toEqual(new Set(['401 provider_token_too_old']));
      await eventually(async () => expect(await stateWith(other, token)).toBe('401 provider_token_too_old'));
    }
  });
});
