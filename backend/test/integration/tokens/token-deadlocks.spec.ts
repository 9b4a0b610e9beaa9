import { randomUUID } from 'node:crypto';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { SocialAuthError, type IssuedToken } from '../../../src/social-auth';
import { describeOnPostgres } from '../../support/describe-on-server';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { outcomeOf, TokenHost } from './token-host';

const ROUNDS = 40;
/** What a busy machine may make of a request that waits for others; a deadlock is counted by the database. */
const BUSY = '503 database_unavailable';

type Signed = IssuedToken & { accountId: string };

describeOnPostgres('everything that issues and ends tokens of one account, at once', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let replicas: [TokenHost, TokenHost];

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    const start = (): Promise<TokenHost> =>
      TokenHost.start(database.url, idp, {
        limit: { perAccount: 3, policy: 'evict-least-recently-used' },
        rotationGraceSeconds: 0,
        lastUsedSeconds: 1,
        personal: { scopes: ['notes:read'], perAccount: 2 },
      });
    replicas = [await start(), await start()];
  }, 60_000);
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await database.drop();
    await idp.stop();
  });

  /** The requests of a round, in an order that differs from round to round. */
  const requestsOf = (round: number, person: string, signed: readonly Signed[]): (() => Promise<string>)[] => {
    const [one, other] = round % 2 === 0 ? replicas : [replicas[1], replicas[0]];
    const [first, second, third] = signed.map(({ token }) => token);
    const accountId = signed[0]?.accountId ?? '';
    const over = async (host: TokenHost, path: string, request: object): Promise<string> =>
      outcomeOf(await host.api(path, request));
    const requests = [
      () => refusalOr(one.signIn(person)),
      () => refusalOr(other.signIn(person)),
      () => over(one, '/auth/token/rotate', { method: 'POST', token: first }),
      () => over(other, '/auth/token/rotate', { method: 'POST', token: first }),
      () => over(other, '/auth/token/rotate', { method: 'POST', token: second }),
      () => over(one, '/auth/tokens', { token: third, json: { name: 'spec', scopes: ['notes:read'] } }),
      () => over(other, '/auth/tokens/leaked', { json: { token: second } }),
      () => other.use(first ?? ''),
      () => one.flushLastUses().then(() => 'flushed'),
      () => other.flushLastUses().then(() => 'flushed'),
      // In every third round the third token is left to make another one.
      ...(round % 3 === 0
        ? []
        : [
            () => over(one, '/auth/sessions/others', { method: 'DELETE', token: second }),
            () => over(other, '/auth/logout', { method: 'POST', token: third }),
          ]),
      ...(round % 4 === 0 ? [() => over(one, '/auth/logout-all', { method: 'POST', token: first })] : []),
      ...(round % 5 === 0 ? [() => refusalOr(other.accounts.deleteAccount(accountId))] : []),
      ...(round % 7 === 0 ? [() => refusalOr(one.accounts.disableAccount(accountId))] : []),
    ];
    const turn = round % requests.length;
    return [...requests.slice(turn), ...requests.slice(0, turn)];
  };

  it('ends in answers that are documented, and in no deadlock', async () => {
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const person = randomUUID();
      const signed = [
        await replicas[0].signIn(person),
        await replicas[0].signIn(person),
        await replicas[1].signIn(person),
      ];
      await Promise.all(signed.map(({ token }) => replicas[round % 2 === 0 ? 0 : 1].use(token)));
      const answers = await Promise.all(requestsOf(round, person, signed).map((request) => request()));
      for (const answer of answers) outcomes.set(answer, (outcomes.get(answer) ?? 0) + 1);
    }
    expect([...outcomes.keys()].filter((outcome) => /^5|failed/.test(outcome) && outcome !== BUSY)).toEqual([]);
    // The hunt is one only if the requests have met: some of each kind came through.
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['done', '200', '201', '204', '401 invalid_token']));
    const [{ deadlocks } = { deadlocks: -1 }] = await replicas[0].query<{ deadlocks: number }>(
      'select deadlocks::integer as deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(deadlocks).toBe(0);
  }, 60_000);
});

/** The code of a refusal, or `done`; a failure with its name. */
async function refusalOr(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof SocialAuthError) return `${error.getStatus()} ${error.code}`;
    return `failed: ${(error as Error).name} ${(error as Error).message}`;
  }
}
