import { randomUUID } from 'node:crypto';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import type { TokenLimitRule, TokenOptions } from '../../../src/social-auth';
import { codeOf } from '../../support/refusal-of';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { TokenHost } from './token-host';

const ENDED = '401 invalid_token';

let idp: DemoIdentityProvider;
let database: TestDatabase;
let host: TokenHost;

const start = async (limit: Partial<TokenLimitRule>, tokens: Partial<TokenOptions> = {}): Promise<void> => {
  // The one session of the embedded database outlives each host, and its prepared statements with it.
  host = await TokenHost.start(database.url, idp, { limit, ...tokens }, { preparedStatements: false });
};

/** Signs one person in so often; the tokens in their order. */
async function signInOften(person: string, count: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let round = 0; round < count; round++) tokens.push((await host.signIn(person)).token);
  return tokens;
}

const useAll = async (tokens: readonly string[]): Promise<string[]> => {
  const outcomes: string[] = [];
  for (const token of tokens) outcomes.push(await host.use(token));
  return outcomes;
};

describe('the limit of living tokens of an account', () => {
  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
  }, 60_000);
  afterEach(() => host.stop());
  afterAll(async () => {
    await database.stop();
    await idp.stop();
  });

  it('T9 refuses a sign-in that would be one too many, and leaves nothing of it behind', async () => {
    await start({ perAccount: 2, policy: 'reject' });
    const person = randomUUID();
    const { accountId } = await host.signIn(person);
    await host.signIn(person);
    expect(await codeOf(() => host.signIn(person))).toBe('token_limit_reached');
    expect(await host.tokensOf(accountId)).toHaveLength(2);
    expect(await host.eventsOf(accountId, 'signed_in')).toHaveLength(2);
  });

  it('T9 evicts the oldest sign-in, however much it is used, and records it', async () => {
    await start({ perAccount: 2, policy: 'evict-oldest' });
    const person = randomUUID();
    const [first, second] = await signInOften(person, 2);
    await useAll([first ?? '']);
    await host.flushLastUses();
    const third = await host.signIn(person);
    expect(await useAll([first ?? '', second ?? '', third.token])).toEqual([ENDED, '200', '200']);
    expect(await host.eventsOf(third.accountId, 'token_evicted')).toEqual([
      {
        type: 'token_evicted',
        token_id: null,
        client_address: '192.0.2.7',
        details: { ended: 1, policy: 'evict-oldest' },
      },
    ]);
  });

  it('T9 evicts the one that was used least recently', async () => {
    await start({ perAccount: 2, policy: 'evict-least-recently-used' });
    const person = randomUUID();
    const [first, second] = await signInOften(person, 2);
    await useAll([first ?? '']);
    await host.flushLastUses();
    const third = await host.signIn(person);
    expect(await useAll([first ?? '', second ?? '', third.token])).toEqual(['200', ENDED, '200']);
  });

  it('counts a chain of rotations once, as old as its first token, and evicts it whole', async () => {
    await start({ perAccount: 2, policy: 'evict-oldest' });
    const person = randomUUID();
    const [first, second] = await signInOften(person, 2);
    const successor = await host.successorOf(first ?? '');
    const last = await host.successorOf(successor);
    expect(await useAll([last, second ?? ''])).toEqual(['200', '200']);
    const third = await host.signIn(person);
    const all = [first ?? '', successor, last, second ?? '', third.token];
    expect(await useAll(all)).toEqual([ENDED, ENDED, ENDED, '200', '200']);
    const [evicted] = await host.eventsOf(third.accountId, 'token_evicted');
    expect(evicted?.details).toMatchObject({ ended: 1 });
  });

  it('never stands in the way of a rotation', async () => {
    await start({ perAccount: 1, policy: 'reject' });
    const { token } = await host.signIn();
    expect(await host.use(await host.successorOf(token))).toBe('200');
  });

  it('bounds what a chain of rotations leaves to be ended at once, until it has ended', async () => {
    await start({ perAccount: 0 });
    const person = randomUUID();
    const { accountId, token } = await host.signIn(person);
    const last = await host.successorOf(token);
    // As that many rotations would have left them.
    await host.query(
      `insert into social_auth_token (id, account_id, digest, key_id, kind, provider, expires_at, family_id, rotated_at,
                                      successor_id)
       select gen_random_uuid(), account_id, sha256(n::text::bytea), key_id, kind, provider, expires_at, id, rotated_at,
              successor_id
         from social_auth_token, generate_series(2, 9999) n where account_id = $1 and rotated_at is not null`,
      [accountId],
    );
    const full = await host.successorOf(last);
    const answer = await host.rotate(full);
    expect([answer.status, answer.body.code]).toEqual([409, 'token_limit_reached']);
    expect(await host.use(full)).toBe('200');
    expect((await host.api('/auth/logout', { method: 'POST', token: full })).status).toBe(204);
    expect(await host.use(await host.successorOf((await host.signIn(person)).token))).toBe('200');
  });

  it('counts neither what was revoked nor what has expired', async () => {
    await start({ perAccount: 1, policy: 'reject' });
    const person = randomUUID();
    const { token, accountId } = await host.signIn(person);
    await host.api('/auth/logout', { method: 'POST', token });
    await host.signIn(person);
    await host.query(`update social_auth_token set expires_at = now() - interval '1 s' where account_id = $1`, [
      accountId,
    ]);
    await expect(host.signIn(person)).resolves.toMatchObject({ accountId });
  });

  it('ends at once what is too many after the limit was lowered', async () => {
    await start({ perAccount: 5 });
    const person = randomUUID();
    const tokens = await signInOften(person, 5);
    await host.stop();
    await start({ perAccount: 2 });
    const { token } = await host.signIn(person);
    expect(await useAll([...tokens, token])).toEqual([ENDED, ENDED, ENDED, ENDED, '200', '200']);
  });

  it('is none where it is 0', async () => {
    await start({ perAccount: 0, policy: 'reject' });
    expect(await useAll(await signInOften(randomUUID(), 4))).toEqual(['200', '200', '200', '200']);
  });

  it('is of each account by itself', async () => {
    await start({ perAccount: 1 });
    const [ada, ben] = [await host.signIn(), await host.signIn()];
    expect(await useAll([ada.token, ben.token])).toEqual(['200', '200']);
  });

  it('is, as one, the rule of one token that each sign-in makes anew; personal tokens do not count', async () => {
    await start({ perAccount: 1, policy: 'evict-oldest' }, { personal: { scopes: ['notes:read'], perAccount: 1 } });
    const person = randomUUID();
    const first = await host.signIn(person);
    const personal = await host.personalToken(first.token);
    const second = await host.signIn(person);
    expect(await useAll([first.token, second.token])).toEqual([ENDED, '200']);
    expect(await host.use(personal.body.token, '/reach/notes')).toBe('200');
    expect((await host.personalToken(second.token)).body.code).toBe('token_limit_reached');
    expect(await useAll([second.token])).toEqual(['200']);
  });
});
