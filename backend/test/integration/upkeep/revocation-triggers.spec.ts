import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Revocation, VerifiedCredential } from '../../../src/social-auth';
import { Invalidations } from '../../../src/social-auth/revocation/invalidations';
import { LastUse } from '../../../src/social-auth/tokens/last-use';
import { describeOnPostgres } from '../../support/describe-on-server';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { CLIENT, credentialOf } from '../tokens/token-host';
import { FeedHost, type Signed } from './feed-host';

interface FeedRow {
  token_id: string | null;
  account_id: string | null;
}

const ofToken = ({ id }: Signed): FeedRow => ({ token_id: id, account_id: null });
const ofAccount = ({ accountId }: Signed): FeedRow => ({ token_id: null, account_id: accountId });
const ofEverything: FeedRow = { token_id: null, account_id: null };

describeOnPostgres('the feed of revocations', (server) => {
  let database: TemporaryDatabase;
  let feed: FeedHost;
  let operator: Client;
  let person: string;
  let token: Signed;

  const rows = async (): Promise<FeedRow[]> =>
    (await operator.query<FeedRow>('select token_id, account_id from social_auth_revocation order by id')).rows;

  /** Of each token that is still there and has rows: whether the transaction that changed it last wrote one of them. */
  async function areOfTheSameTransactions(): Promise<boolean> {
    const { rows: found } = await operator.query<{ same: boolean }>(
      `select bool_and(exists (select 1 from social_auth_revocation r where r.token_id = t.id
                                  and r.xid::text::numeric % 4294967296 = t.xmin::text::numeric)) as same
         from social_auth_token t where t.id in (select token_id from social_auth_revocation)`,
    );
    return found[0]?.same ?? true;
  }

  /** What was announced of a row: its token, or the account that it is of. */
  async function covering({ token_id, account_id }: FeedRow, announced: Revocation[]): Promise<Revocation[]> {
    const { rows: owners } = await operator.query<{ account_id: string }>(
      'select account_id from social_auth_token where id = $1',
      [token_id],
    );
    const owner = account_id ?? owners[0]?.account_id ?? token.accountId;
    return announced.filter((one) =>
      one.kind === 'token' ? one.tokenId === token_id : one.kind === 'account' && one.accountId === owner,
    );
  }

  beforeAll(async () => {
    database = await server().createDatabase();
    feed = await FeedHost.start(database.url, database.url, {
      limit: { perAccount: 3 },
      rotationGraceSeconds: 0,
    });
    // As a psql of somebody whose search path finds none of our tables by name.
    operator = new Client({ connectionString: database.url });
    await operator.connect();
  }, 60_000);
  beforeEach(async () => {
    person = randomUUID();
    token = await feed.signIn(person);
    await operator.query('delete from social_auth_revocation');
  });
  afterAll(async () => {
    await operator.end();
    await feed.stop();
    await database.drop();
  });

  describe('is written by what the module does', () => {
    const ways: [string, () => Promise<FeedRow[]>][] = [
      [
        'one token revoked',
        async () => {
          await feed.accounts.revokeToken(token.accountId, token.id);
          return [ofToken(token)];
        },
      ],
      [
        'all tokens revoked but one',
        async () => {
          const kept = await feed.signIn(person);
          await feed.accounts.revokeAllTokens(token.accountId, {}, kept.id);
          return [ofToken(token), ofAccount(token)];
        },
      ],
      [
        'logout',
        async () => {
          expect((await feed.api('/auth/logout', { method: 'POST', token: token.token })).status).toBe(204);
          return [ofToken(token)];
        },
      ],
      [
        'a rotation',
        async () => {
          expect((await feed.api('/auth/token/rotate', { method: 'POST', token: token.token })).status).toBe(200);
          return [ofToken(token)];
        },
      ],
      [
        'a lost answer to a rotation, which replaces the unused successor',
        async () => {
          for (let time = 0; time < 2; time++) {
            expect((await feed.api('/auth/token/rotate', { method: 'POST', token: token.token })).status).toBe(200);
          }
          const { rows: replaced } = await operator.query<{ id: string }>(
            'select id from social_auth_token where account_id = $1 and rotated_at is not null and id <> $2',
            [token.accountId, token.id],
          );
          // Once for each rotation.
          return [ofToken(token), { token_id: replaced[0]?.id ?? '', account_id: null }, ofToken(token)];
        },
      ],
      [
        'reuse of a rotated token',
        async () => {
          const { body } = await feed.api('/auth/token/rotate', { method: 'POST', token: token.token });
          expect((await feed.api('/accounts/me', { token: body.token })).status).toBe(200);
          await operator.query('delete from social_auth_revocation');
          expect((await feed.api('/accounts/me', { token: token.token })).status).toBe(401);
          const { rows: family } = await operator.query<{ id: string }>(
            'select id from social_auth_token where account_id = $1 order by id',
            [token.accountId],
          );
          expect(family).toHaveLength(2);
          return family.map(({ id }) => ({ token_id: id, account_id: null }));
        },
      ],
      [
        'a sign-in beyond the limit',
        async () => {
          for (let more = 0; more < 3; more++) await feed.signIn(person);
          return [ofToken(token)];
        },
      ],
      [
        'a leaked token',
        async () => {
          expect((await feed.api('/auth/tokens/leaked', { json: { token: token.token } })).status).toBe(204);
          return [ofToken(token)];
        },
      ],
      [
        'an identity unlinked',
        async () => {
          const proven = (provider: string): VerifiedCredential => {
            const credential = credentialOf(person);
            const email = `${provider}.${person}@example.com`;
            return {
              ...credential,
              identity: {
                ...credential.identity,
                provider,
                issuer: `https://${provider}.example`,
                email,
                emailVerified: true,
              },
            };
          };
          const { account, issued } = await feed.accounts.signIn(proven('google'), CLIENT);
          token = { ...issued, accountId: account.id };
          const principal = await feed.principalOf(token);
          await feed.accounts.linkIdentity(principal, proven('auth0'), CLIENT);
          const identities = await feed.accounts.identitiesOf(account.id);
          const first = identities.find(({ provider }) => provider === 'google');
          await operator.query('delete from social_auth_revocation');
          await feed.accounts.unlinkIdentity(principal, first?.id ?? '', CLIENT);
          return [ofToken(token)];
        },
      ],
      [
        'an account disabled',
        async () => {
          await feed.accounts.disableAccount(token.accountId);
          return [ofAccount(token)];
        },
      ],
      [
        'an account deleted',
        async () => {
          await feed.accounts.deleteAccount(token.accountId);
          return [ofAccount(token)];
        },
      ],
      [
        'roles changed',
        async () => {
          await feed.accounts.setRoles(token.accountId, ['admin']);
          return [ofAccount(token)];
        },
      ],
    ];

    it.each(ways)('T6 %s', async (_, way) => {
      const announced: Revocation[] = [];
      const end = feed.host.app.get(Invalidations).onApplied((revocation) => announced.push(revocation));
      const expected = await way();
      // Without a reading of the feed: before the answer nothing of it was left in this process.
      for (const row of await rows()) expect(await covering(row, announced)).not.toEqual([]);
      end();
      expect(await rows()).toEqual(expect.arrayContaining(expected));
      expect(await areOfTheSameTransactions()).toBe(true);
    });
  });

  describe('is written by an operator with another search path', () => {
    beforeEach(() => operator.query('set search_path = pg_catalog'));
    afterEach(() => operator.query('set search_path = public'));

    it.each<[string, string, (one: Signed) => FeedRow]>([
      ['revokes a token', 'update public.social_auth_token set revoked_at = now() where id = $1', ofToken],
      ['cuts its scopes', `update public.social_auth_token set scopes = '{}' where id = $1`, ofToken],
      ['makes it a personal one', `update public.social_auth_token set kind = 'personal' where id = $1`, ofToken],
      ['makes it stale', 'update public.social_auth_token set authenticated_at = null where id = $1', ofToken],
      ['shortens its life', `update public.social_auth_token set expires_at = now() where id = $1`, ofToken],
      ['lets it end when idle', 'update public.social_auth_token set idle_seconds = 5 where id = $1', ofToken],
      ['changes its digest', `update public.social_auth_token set digest = sha256('x') where id = $1`, ofToken],
      ['deletes it', 'delete from public.social_auth_token where id = $1', ofToken],
      ['disables the account', 'update public.social_auth_account set disabled_at = now() where id = $1', ofAccount],
      ['takes roles away', `update public.social_auth_account set roles = '{x}' where id = $1`, ofAccount],
      ['changes its address', `update public.social_auth_account set email = 'x@example.com' where id = $1`, ofAccount],
      ['deletes the account', 'delete from public.social_auth_account where id = $1', ofAccount],
    ])('who %s', async (_, sql, expected) => {
      const row = expected(token);
      await operator.query(sql, [row.token_id ?? row.account_id]);
      await operator.query('set search_path = public');
      expect(await rows()).toEqual(expect.arrayContaining([row]));
    });

    it.each(['social_auth_token', 'social_auth_account'])('who empties %s', async (table) => {
      await operator.query(`truncate public.${table} cascade`);
      await operator.query('set search_path = public');
      expect(await rows()).toEqual(expect.arrayContaining([ofEverything]));
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a sign-in', () => feed.signIn()],
    [
      'a use',
      async () => {
        expect((await feed.api('/accounts/me', { token: token.token })).status).toBe(200);
        await feed.host.app.get(LastUse).flush();
      },
    ],
    [
      'another name and picture',
      async () => {
        const credential = credentialOf(person);
        const identity = { ...credential.identity, name: 'Ada', picture: 'https://example.com/ada.png' };
        await feed.accounts.signIn({ ...credential, identity }, CLIENT);
      },
    ],
    ['a longer life', () => operator.query(`update social_auth_token set expires_at = expires_at + interval '1 day'`)],
    ['an account enabled', () => operator.query('update social_auth_account set disabled_at = null')],
    [
      'a token deleted that had expired',
      async () => {
        await operator.query(`update social_auth_token set expires_at = now() - interval '1 second' where id = $1`, [
          token.id,
        ]);
        await operator.query('delete from social_auth_revocation');
        await operator.query('delete from social_auth_token where id = $1', [token.id]);
      },
    ],
    [
      'a token revoked once more',
      async () => {
        await feed.accounts.revokeToken(token.accountId, token.id);
        await operator.query('delete from social_auth_revocation');
        await feed.accounts.revokeToken(token.accountId, token.id);
      },
    ],
  ])('is not written by %s', async (_, way) => {
    await way();
    expect(await rows()).toEqual([]);
  });

  it('holds nothing of a transaction that was rolled back', async () => {
    await operator.query('begin');
    await operator.query('update social_auth_token set revoked_at = now()');
    await operator.query('update social_auth_account set disabled_at = now()');
    expect((await rows()).length).toBeGreaterThan(0);
    await operator.query('rollback');
    expect(await rows()).toEqual([]);
  });
});
