import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { LookupFigures, type IssuedToken, type TokenOptions } from '../../../src/social-auth';
import { TokenLookup } from '../../../src/social-auth/tokens/token-lookup';
import { describeOnPostgres } from '../../support/describe-on-server';
import { MovedClock } from '../../support/moved-clock';
import { MovedDatabaseClock } from '../../support/moved-database-clock';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { CLIENT, credentialOf, KEY, outcomeOf, TokenHost } from './token-host';

const ENDED = '401 invalid_token';
const TTL = 1_000;
const IDLE = 200;
const GRACE = 30;

/** One key more, that another host of the same database has. */
const FORMER_KEY = { id: 'former', key: Buffer.alloc(32, 8) };

const RULES: Partial<TokenOptions> = {
  ttlSeconds: TTL,
  rotationGraceSeconds: GRACE,
  personal: { scopes: ['notes:read'], ttlSeconds: TTL },
};

/** Entries end when their tokens do, and not before. */
const CACHE = { size: 1_000, seconds: 3_600 };

// Each title begins with the row of the table in docs/tokens.md that it shows.
describeOnPostgres('the life of a token', (server) => {
  describe.each([
    ['looked up each time', { size: 0 }],
    ['answered from memory', CACHE],
  ])('%s', (_how, cache) => {
    let idp: DemoIdentityProvider;
    let database: TemporaryDatabase;
    let clock: MovedDatabaseClock;
    const hostClock = new MovedClock();
    let host: TokenHost;
    /** Tokens of this one end when they lie unused. */
    let idling: TokenHost;
    const hosts: TokenHost[] = [];

    const start = async (tokens: Partial<TokenOptions>): Promise<TokenHost> => {
      const rules = { ...RULES, cache, ...tokens };
      const started = await TokenHost.start(database.url, idp, rules, { revocation: { boundMs: 60_000 } }, hostClock);
      hosts.push(started);
      if (cache.size > 0) await started.readFeed();
      return started;
    };

    beforeAll(async () => {
      idp = await DemoIdentityProvider.start();
      database = await server().createDatabase();
      clock = await MovedDatabaseClock.install(database.url);
      host = await start({});
      idling = await start({ idleSeconds: IDLE });
    }, 60_000);
    afterAll(async () => {
      await Promise.all(hosts.map((one) => one.stop()));
      await clock.stop();
      await database.drop();
      await idp.stop();
    });

    /** Time passes for the database and for the hosts, which read what was ended on the way. */
    const pass = async (seconds: number): Promise<void> => {
      await clock.pass(seconds);
      hostClock.pass(seconds);
      if (cache.size > 0) await Promise.all(hosts.map((one) => one.readFeed()));
    };

    /** A person with a token, and its successor once the grace is over. */
    const rotatedAndPastGrace = async (
      from = host,
    ): Promise<{ accountId: string; old: IssuedToken; successor: string }> => {
      const { accountId, ...old } = await from.signIn();
      const successor = await from.successorOf(old.token);
      await pass(GRACE + 1);
      return { accountId, old, successor };
    };

    describe('that lives', () => {
      it('L1 is accepted, and its last use is written down', async () => {
        const { token, accountId } = await host.signIn();
        await pass(10);
        expect(await host.use(token)).toBe('200');
        await host.flushLastUses();
        const [row] = await host.tokensOf(accountId);
        const behind = (await clock.now()).getTime() - (row?.last_used_at?.getTime() ?? 0);
        expect(behind).toBeGreaterThanOrEqual(0);
        expect(behind).toBeLessThan(10_000);
      });

      it('is answered from memory where there is a cache, and looked up each time where there is none', async () => {
        const { token } = await host.signIn();
        const figures = host.part(LookupFigures);
        const before = { ...figures };
        for (let uses = 0; uses < 3; uses += 1) expect(await host.use(token)).toBe('200');
        const [hits, misses] = cache.size > 0 ? [2, 1] : [0, 3];
        expect({ ...figures }).toMatchObject({ hits: before.hits + hits, misses: before.misses + misses });
      });

      it('L2 T5 ends so long after the sign-in, to the second, however often it is used', async () => {
        const { token, expiresIn } = await host.signIn();
        expect(expiresIn).toBe(TTL);
        await pass(TTL - 1);
        expect(await host.use(token)).toBe('200');
        await pass(2);
        expect(await host.use(token)).toBe(ENDED);
      });

      it('L3 T5 ends when it lies unused, to the second', async () => {
        const [used, unused] = [await idling.signIn(), await idling.signIn()];
        await pass(IDLE - 1);
        expect(await idling.use(used.token)).toBe('200');
        await pass(2);
        expect(await idling.use(unused.token)).toBe(ENDED);
      });

      it('L4 T5 goes on while it is used, until its absolute end', async () => {
        const { token } = await idling.signIn();
        for (let passed = 0; passed < TTL - IDLE; passed += IDLE - 10) {
          await pass(IDLE - 10);
          expect(await idling.use(token)).toBe('200');
          await idling.flushLastUses();
        }
        const { expiresAt } = await endsOf(idling, token);
        expect(new Date(expiresAt).getTime()).toBeLessThanOrEqual((await clock.now()).getTime() + IDLE * 1_000);
        await pass(secondsBetween(await clock.now(), expiresAt) - 1);
        expect(await idling.use(token)).toBe('200');
        await idling.flushLastUses();
        await pass(2);
        expect(await idling.use(token)).toBe(ENDED);
      });

      it('L5 gets a successor with the same end, provider, client and scopes, which is never fresh', async () => {
        const { token, accountId, expiresAt } = await idling.signIn();
        expect(await idling.use(token, '/reach/fresh')).toBe('200');
        await pass(100);
        const answer = await idling.rotate(token);
        expect(outcomeOf(answer)).toBe('200');
        expect(answer.body).toMatchObject({ expires_at: expiresAt.toISOString(), expires_in: TTL - 100 });
        expect(await idling.use(answer.body.token)).toBe('200');
        expect(await idling.use(answer.body.token, '/reach/fresh')).toBe('401 insufficient_user_authentication');
        const [first, second] = await idling.tokensOf(accountId);
        const { id, provider, client_id, platform, identity_id, scopes, idle_seconds, expires_at } = first ?? {};
        const kept = { provider, client_id, platform, identity_id, scopes, idle_seconds, expires_at };
        expect(second).toMatchObject({ ...kept, family_id: id, authenticated_at: null, rotations: 0 });
        expect(first).toMatchObject({ rotations: 1, successor_id: second?.id, revoked_at: null });
        const events = await idling.eventsOf(accountId, 'token_rotated');
        expect(events).toEqual([
          { type: 'token_rotated', token_id: id, client_address: '127.0.0.1', details: { successor: second?.id } },
        ]);
      });

      it('L6 T5 does not live longer by being rotated: the last of a chain ends with the first', async () => {
        let { token } = await host.signIn();
        for (let passed = 0; passed < TTL - 100; passed += 100) {
          await pass(100);
          token = await host.successorOf(token);
        }
        await pass(99);
        expect(await host.use(token)).toBe('200');
        await pass(2);
        expect(await host.use(token)).toBe(ENDED);
        expect(outcomeOf(await host.rotate(token))).toBe(ENDED);
      });
    });

    describe('that was rotated, within the grace', () => {
      it('L7 is accepted beside its successor', async () => {
        const { token } = await host.signIn();
        const successor = await host.successorOf(token);
        await pass(GRACE - 1);
        expect([await host.use(token), await host.use(successor), await host.use(token)]).toEqual([
          '200',
          '200',
          '200',
        ]);
      });

      it('L8 gets no second successor, whether the first is in use or not', async () => {
        const { token, accountId } = await host.signIn();
        const successor = await host.successorOf(token);
        expect(outcomeOf(await host.rotate(token))).toBe('409 token_already_rotated');
        expect(await host.use(successor)).toBe('200');
        await pass(GRACE - 1);
        expect(outcomeOf(await host.rotate(token))).toBe('409 token_already_rotated');
        expect(await host.tokensOf(accountId)).toHaveLength(2);
      });

      it('L9 ends when its absolute or its idle end comes first', async () => {
        const { token } = await host.signIn();
        await pass(TTL - 10);
        const successor = await host.successorOf(token);
        await pass(11);
        expect([await host.use(token), await host.use(successor)]).toEqual([ENDED, ENDED]);

        const unused = await idling.signIn();
        await pass(IDLE - 10);
        const next = await idling.successorOf(unused.token);
        // As if the use that the rotation itself is had not been written down yet.
        await pass(11);
        expect(await idling.use(unused.token)).toBe(ENDED);
        expect(outcomeOf(await idling.rotate(unused.token))).toBe(ENDED);
        expect(await idling.use(next)).toBe('200');
      });
    });

    describe('that was rotated, after the grace, its successor never used', () => {
      it('L10 T5 is refused, to the second, and nothing else happens', async () => {
        const { token, accountId } = await host.signIn();
        const successor = await host.successorOf(token);
        await pass(GRACE - 1);
        expect(await host.use(token)).toBe('200');
        await pass(2);
        expect(await host.use(token)).toBe(ENDED);
        expect(await host.eventsOf(accountId, 'token_reuse_detected')).toEqual([]);
        expect(await host.use(successor)).toBe('200');
      });

      it('L11 gets a second successor, and the unused one is refused from then on', async () => {
        const { accountId, old, successor } = await rotatedAndPastGrace();
        const second = await host.successorOf(old.token);
        expect([await host.use(successor), outcomeOf(await host.rotate(successor))]).toEqual([ENDED, ENDED]);
        expect(await host.use(second)).toBe('200');
        const [first, unused, last] = await host.tokensOf(accountId);
        expect(first).toMatchObject({ rotations: 2, successor_id: last?.id, revoked_at: null });
        expect(unused).toMatchObject({ rotations: 2, successor_id: last?.id });
        const [, again] = await host.eventsOf(accountId, 'token_rotated');
        expect(again).toMatchObject({ token_id: first?.id, details: { successor: last?.id, unused: unused?.id } });
        expect(await host.eventsOf(accountId, 'token_reuse_detected')).toEqual([]);
      });

      it('L12 is in the grace again after that: what it had under way ends well', async () => {
        const { old } = await rotatedAndPastGrace();
        await host.successorOf(old.token);
        expect(outcomeOf(await host.rotate(old.token))).toBe('409 token_already_rotated');
        expect(await host.use(old.token)).toBe('200');
      });

      it('L13 gets no third successor', async () => {
        const { accountId, old } = await rotatedAndPastGrace();
        const second = await host.successorOf(old.token);
        await pass(GRACE + 1);
        expect(outcomeOf(await host.rotate(old.token))).toBe(ENDED);
        expect(await host.tokensOf(accountId)).toHaveLength(3);
        expect(await host.use(second)).toBe('200');
      });

      it('L14 gets no second successor once it has lain unused for too long', async () => {
        const { accountId, old, successor } = await rotatedAndPastGrace(idling);
        await pass(IDLE);
        expect(outcomeOf(await idling.rotate(old.token))).toBe(ENDED);
        expect(await idling.use(successor)).toBe(ENDED);
        expect(await idling.tokensOf(accountId)).toHaveLength(2);
      });
    });

    describe('that was rotated, after the grace, its successor in use', () => {
      it('L15 ends its whole family wherever it is presented, and that is recorded once', async () => {
        const { accountId, old, successor } = await rotatedAndPastGrace();
        const other = await host.successorOf(successor);
        expect(await host.use(other)).toBe('200');
        expect(await host.use(old.token)).toBe(ENDED);
        expect(await host.use(old.token)).toBe(ENDED);
        expect([await host.use(successor), await host.use(other)]).toEqual([ENDED, ENDED]);
        expect(await host.eventsOf(accountId, 'token_reuse_detected')).toMatchObject([
          { token_id: old.id, details: { ended: 3 } },
        ]);
      });

      it('L16 ends its whole family when it is rotated, though the answer is a refusal', async () => {
        const { accountId, old, successor } = await rotatedAndPastGrace();
        expect(await host.use(successor)).toBe('200');
        const answer = await host.rotate(old.token);
        const plain = await host.api('/reach/anything', { token: old.token });
        expect(outcomeOf(answer)).toBe(ENDED);
        expect(answer.headers.get('www-authenticate')).toBe(plain.headers.get('www-authenticate'));
        expect(await host.use(successor)).toBe(ENDED);
        expect(await host.eventsOf(accountId, 'token_reuse_detected')).toHaveLength(1);
      });

      it('L17 ends its whole family even past its own idle end', async () => {
        const { accountId, old, successor } = await rotatedAndPastGrace(idling);
        for (let round = 0; round < 3; round++) {
          expect(await idling.use(successor)).toBe('200');
          await idling.flushLastUses();
          await pass(IDLE - 10);
        }
        expect(await idling.use(old.token)).toBe(ENDED);
        expect(await idling.use(successor)).toBe(ENDED);
        expect(await idling.eventsOf(accountId, 'token_reuse_detected')).toHaveLength(1);
      });

      it('L18 ends no other sign-in of the same person', async () => {
        const person = 'with-two-devices';
        const first = await host.signIn(person);
        const second = await host.signIn(person);
        const successor = await host.successorOf(first.token);
        expect(await host.use(successor)).toBe('200');
        await pass(GRACE + 1);
        expect(await host.use(first.token)).toBe(ENDED);
        expect(await host.use(second.token)).toBe('200');
      });
    });

    describe('that is ended', () => {
      const endings: [string, string, (token: string, id: string) => Promise<unknown>][] = [
        ['L19', 'by logout', (token) => host.api('/auth/logout', { method: 'POST', token })],
        ['L20', 'by its id', (token, id) => host.api(`/auth/sessions/${id}`, { method: 'DELETE', token })],
        ['L21', 'with all of its account', (token) => host.api('/auth/logout-all', { method: 'POST', token })],
        ['L22', 'by a report that it leaked', (token) => host.api('/auth/tokens/leaked', { json: { token } })],
      ];

      it.each(endings)('%s T6 is refused at once when it ends %s, with its rotations', async (_row, _how, end) => {
        const { token, id } = await host.signIn();
        const successor = await host.successorOf(token);
        expect(await host.use(successor)).toBe('200');
        await end(token, id);
        expect([await host.use(token), await host.use(successor)]).toEqual([ENDED, ENDED]);
        expect(outcomeOf(await host.rotate(token))).toBe(ENDED);
        expect(outcomeOf(await host.rotate(successor))).toBe(ENDED);
      });

      it('L23 T6 lives on when the others of its account are ended, and so does its successor', async () => {
        const person = 'who-ends-the-others';
        const [kept, other] = [await host.signIn(person), await host.signIn(person)];
        const successor = await host.successorOf(kept.token);
        await host.api('/auth/sessions/others', { method: 'DELETE', token: successor });
        expect([await host.use(kept.token), await host.use(successor)]).toEqual(['200', '200']);
        expect(await host.use(other.token)).toBe(ENDED);
      });

      it('L24 T9 ends when a sign-in makes one too many and it is the oldest', async () => {
        const limited = await start({ limit: { perAccount: 2, policy: 'evict-oldest' } });
        const person = 'with-too-many';
        const [first, second] = [await limited.signIn(person), await limited.signIn(person)];
        const successor = await limited.successorOf(first.token);
        const third = await limited.signIn(person);
        expect(await Promise.all([first.token, successor].map((token) => limited.use(token)))).toEqual([ENDED, ENDED]);
        expect(await Promise.all([second, third].map(({ token }) => limited.use(token)))).toEqual(['200', '200']);
      });

      it('L25 M9 ends when its account is disabled or deleted', async () => {
        const [disabled, deleted] = [await host.signIn(), await host.signIn()];
        await host.accounts.disableAccount(disabled.accountId);
        await host.accounts.deleteAccount(deleted.accountId);
        expect([await host.use(disabled.token), await host.use(deleted.token)]).toEqual([ENDED, ENDED]);
        await host.accounts.enableAccount(disabled.accountId);
        expect(await host.use(disabled.token)).toBe(ENDED);
      });

      it('L26 T10 is refused while its HMAC key is not among the keys', async () => {
        const former = await start({ hmacKeys: [FORMER_KEY] });
        const exchanged = await start({ hmacKeys: [KEY, FORMER_KEY] });
        const { token } = await former.signIn();
        expect([await host.use(token), await exchanged.use(token)]).toEqual([ENDED, '200']);
      });
    });

    describe('that is personal', () => {
      it('L27 reaches handlers that name its scopes and no other', async () => {
        const { body } = await host.personalToken((await host.signIn()).token);
        expect(await host.use(body.token, '/reach/notes')).toBe('200');
        expect(await host.use(body.token)).toBe('403 insufficient_scope');
        expect(await host.use(body.token, '/reach/fresh')).toBe('403 insufficient_scope');
      });

      it('L28 is never rotated and makes no other', async () => {
        const { body } = await host.personalToken((await host.signIn()).token);
        expect(outcomeOf(await host.rotate(body.token))).toBe('403 insufficient_scope');
        expect(outcomeOf(await host.personalToken(body.token))).toBe('403 insufficient_scope');
        expect(await host.use(body.token, '/reach/notes')).toBe('200');
      });

      it('L29 T5 lives on when the token ends with which it was made, until its own end', async () => {
        const { token } = await host.signIn();
        const { body } = await host.personalToken(token, { expires_in: 2 * TTL });
        await host.api('/auth/logout', { method: 'POST', token });
        await pass(2 * TTL - 1);
        expect(await host.use(body.token, '/reach/notes')).toBe('200');
        await pass(2);
        expect(await host.use(body.token, '/reach/notes')).toBe(ENDED);
      });
    });

    it('L30 ends when the identity is unlinked that it came from, with its rotations and what was made with it', async () => {
      const person = 'with-two-identities';
      const { token, accountId } = await host.signIn(person);
      const { body: personal } = await host.personalToken(token);
      const successor = await host.successorOf(token);
      const [identity] = await host.accounts.identitiesOf(accountId);
      const other = { provider: 'auth0', issuer: 'https://other.example', subject: person, emailVerified: false };
      await host.query(
        `insert into social_auth_identity (id, account_id, provider, issuer, subject, email_verified, is_primary)
       values (gen_random_uuid(), $1, 'auth0', 'https://other.example', $2, false, false)`,
        [accountId, person],
      );
      const { issued } = await host.accounts.signIn({ ...credentialOf(person), identity: other }, CLIENT);
      const principal = await host.part(TokenLookup).find(issued.token);
      await host.accounts.unlinkIdentity(principal!, identity!.id, CLIENT);
      expect([await host.use(token), await host.use(successor)]).toEqual([ENDED, ENDED]);
      expect(await host.use(personal.token, '/reach/notes')).toBe(ENDED);
      expect(await host.use(issued.token)).toBe('200');
    });

    it('L31 gives away that the answer was caught, when it is presented after the second successor was used', async () => {
      for (const present of [
        (token: string) => host.use(token),
        async (token: string) => outcomeOf(await host.rotate(token)),
      ]) {
        const { accountId, old, successor } = await rotatedAndPastGrace();
        const second = await host.successorOf(old.token);
        expect([await host.use(second), await host.use(old.token)]).toEqual(['200', '200']);
        expect(await present(successor)).toBe(ENDED);
        expect([await host.use(second), await host.use(old.token)]).toEqual([ENDED, ENDED]);
        expect(await host.eventsOf(accountId, 'token_reuse_detected')).toHaveLength(1);
      }
    });
  });
});

const secondsBetween = (from: Date, to: string): number => (new Date(to).getTime() - from.getTime()) / 1_000;

/** When a token ends, as its owner is told. */
async function endsOf(host: TokenHost, token: string): Promise<{ expiresAt: string }> {
  const { body } = await host.api('/auth/sessions', { token });
  const { sessions } = body as unknown as { sessions: { current: boolean; expires_at: string }[] };
  return { expiresAt: sessions.find(({ current }) => current)?.expires_at ?? '' };
}
