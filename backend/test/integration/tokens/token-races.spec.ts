import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { SocialAuthError, type TokenLimitPolicy, type TokenOptions } from '../../../src/social-auth';
import { describeOnPostgres } from '../../support/describe-on-server';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { persistently } from '../../support/persistently';
import { outcomeOf, TokenHost } from './token-host';

const AT_ONCE = 50;
const LIMIT = 5;
const POOL = 10;
const GLANCE_MS = 2;

const LIVING = `
  select count(*)::integer as living from social_auth_token
   where account_id = $1 and revoked_at is null and rotated_at is null`;

/** How often each outcome came. */
const tally = (outcomes: readonly string[]): Record<string, number> =>
  outcomes.reduce<Record<string, number>>((sum, one) => ({ ...sum, [one]: (sum[one] ?? 0) + 1 }), {});

/** The code with which some work is refused, or `done`; anything but a refusal is an error. */
async function outcomeOfWork(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (error instanceof SocialAuthError && error.getStatus() < 500) return error.code;
    throw error;
  }
}

const times = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

type SignedIn = Awaited<ReturnType<TokenHost['signIn']>>;

/** The tokens of one person on two devices. */
async function signInTwice(host: TokenHost): Promise<[SignedIn, SignedIn]> {
  const person = randomUUID();
  return [await host.signIn(person), await host.signIn(person)];
}

/** Counts an account's living tokens again and again, on a connection of its own. */
async function watchLiving(url: string, accountId: string): Promise<{ end(): Promise<number[]> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const counts: number[] = [];
  const watch = { isOver: false };
  const watching = (async () => {
    while (!watch.isOver) {
      const { rows } = await client.query<{ living: number }>(LIVING, [accountId]);
      counts.push(rows[0]?.living ?? -1);
      await sleep(GLANCE_MS);
    }
  })();
  const end = async (): Promise<number[]> => {
    watch.isOver = true;
    await watching.finally(() => client.end());
    return counts;
  };
  return { end };
}

describeOnPostgres('tokens of one account, by many at once', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  const hosts: TokenHost[] = [];

  const start = async (tokens: Partial<TokenOptions> = {}): Promise<TokenHost> => {
    const host = await TokenHost.start(database.url, idp, tokens);
    hosts.push(host);
    // The pool is full of connections, as that of a server that has been up for a while.
    const { token } = await host.signIn();
    await times(POOL, () => host.use(token));
    return host;
  };

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });
  afterAll(async () => {
    await database.drop();
    await idp.stop();
  });

  it('gives a token that is rotated 50 times at once one successor, and tells the others so', async () => {
    const host = await start();
    const { token, accountId } = await host.signIn();
    const answers = await times(AT_ONCE, () => persistently(() => host.rotate(token)));
    expect(tally(answers.map(outcomeOf))).toEqual({ '200': 1, '409 token_already_rotated': AT_ONCE - 1 });
    expect(await host.tokensOf(accountId)).toHaveLength(2);
    expect(await host.eventsOf(accountId, 'token_rotated')).toHaveLength(1);
  });

  it('does so over two replicas', async () => {
    const [one, other] = [await start(), await start()];
    const { token } = await one.signIn();
    const answers = await times(AT_ONCE, (index) => persistently(() => (index % 2 === 0 ? one : other).rotate(token)));
    expect(tally(answers.map(outcomeOf))).toEqual({ '200': 1, '409 token_already_rotated': AT_ONCE - 1 });
  });

  it('gives a token whose answer was lost one second successor', async () => {
    const host = await start();
    const { token, accountId } = await host.signIn();
    const lost = await host.successorOf(token);
    await host.query(
      `update social_auth_token set rotated_at = rotated_at - interval '31 s' where rotated_at is not null`,
    );
    const answers = await times(AT_ONCE, () => persistently(() => host.rotate(token)));
    expect(tally(answers.map(outcomeOf))).toEqual({ '200': 1, '409 token_already_rotated': AT_ONCE - 1 });
    expect(await host.tokensOf(accountId)).toHaveLength(3);
    expect(await host.use(lost)).toBe('401 invalid_token');
  });

  it('lets either the first use of a successor or another successor win, never both', async () => {
    const host = await start({ rotationGraceSeconds: 0 });
    const seen = new Set<string>();
    for (let round = 0; round < 60; round++) {
      const { token, accountId } = await host.signIn();
      const successor = await host.successorOf(token);
      const isUseFirst = round % 2 === 0;
      const use = (): Promise<string> => host.use(successor);
      const rotate = async (): Promise<string> => outcomeOf(await host.rotate(token));
      const both = isUseFirst ? [use(), rotate()] : [rotate(), use()];
      const outcomes = await Promise.all(both);
      const [used, rotated] = isUseFirst ? outcomes : [outcomes[1], outcomes[0]];
      seen.add(`${used} / ${rotated}`);
      const reuses = await host.eventsOf(accountId, 'token_reuse_detected');
      expect(reuses).toHaveLength(rotated === '200' ? 0 : 1);
    }
    // Used and then found out, or replaced and then refused; the use may also come after the family has ended.
    const sound = ['200 / 401 invalid_token', '401 invalid_token / 200', '401 invalid_token / 401 invalid_token'];
    expect(sound).toEqual(expect.arrayContaining([...seen]));
  });

  it('T6 leaves nothing that lives to whoever rotates, or makes a token, while all tokens are ended', async () => {
    const host = await start({ personal: { scopes: ['notes:read'] } });
    const seen = new Set<string>();
    for (let round = 0; round < 60; round++) {
      const [first, second] = await signInTwice(host);
      const end = (): Promise<unknown> => persistently(() => host.accounts.revokeAllTokens(first.accountId));
      const rotate = async (): Promise<unknown> =>
        seen.add(`rotated ${outcomeOf(await persistently(() => host.rotate(first.token)))}`);
      const make = async (): Promise<unknown> =>
        seen.add(`made ${outcomeOf(await persistently(() => host.personalToken(second.token)))}`);
      const [one, other] = round % 2 === 0 ? [rotate, make] : [make, rotate];
      // The requests have been let in by the guard when the end comes, or have not, or are done.
      await Promise.all([one(), other(), sleep(round / 6).then(end)]);
      expect(await host.query(LIVING, [first.accountId])).toEqual([{ living: 0 }]);
    }
    const refused = '401 invalid_token';
    expect([...seen].sort()).toEqual([`made 201`, `made ${refused}`, 'rotated 200', `rotated ${refused}`]);
  });

  it.each<TokenLimitPolicy>(['reject', 'evict-oldest', 'evict-least-recently-used'])(
    'T9 never has more than 5 living tokens while 50 sign in at once, by the policy %s',
    async (policy) => {
      const host = await start({ limit: { perAccount: LIMIT, policy } });
      const person = randomUUID();
      const { accountId } = await host.signIn(person);
      const watch = await watchLiving(database.url, accountId);
      const outcomes = await times(AT_ONCE, () => outcomeOfWork(() => persistently(() => host.signIn(person))));
      const counts = await watch.end();
      const rejected = AT_ONCE - (LIMIT - 1);
      const expected = policy === 'reject' ? { done: LIMIT - 1, token_limit_reached: rejected } : { done: AT_ONCE };
      expect(tally(outcomes)).toEqual(expected);
      expect(counts.length).toBeGreaterThan(2);
      expect(Math.max(...counts)).toBeLessThanOrEqual(LIMIT);
      expect(await host.query(LIVING, [accountId])).toEqual([{ living: LIMIT }]);
    },
  );

  it('T9 holds the limit for a first sign-in as well, from 50 devices at once', async () => {
    const host = await start({ limit: { perAccount: LIMIT, policy: 'evict-oldest' } });
    const person = randomUUID();
    const issued = await times(AT_ONCE, () => persistently(() => host.signIn(person)));
    const [first] = issued;
    expect(new Set(issued.map(({ accountId }) => accountId)).size).toBe(1);
    expect(await host.query(LIVING, [first?.accountId])).toEqual([{ living: LIMIT }]);
  });
});
