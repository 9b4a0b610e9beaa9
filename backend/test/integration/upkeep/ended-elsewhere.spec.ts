import { Client } from 'pg';
import type { Revocation } from '../../../src/social-auth';
import { Invalidations } from '../../../src/social-auth/revocation/invalidations';
import { describeOnPostgres } from '../../support/describe-on-server';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { FeedHost, type Signed } from './feed-host';

/** Another replica does it, or this one whose answer was lost; the feed has not been read since. */
describeOnPostgres('what was ended elsewhere a moment ago', (server) => {
  let database: TemporaryDatabase;
  let feed: FeedHost;
  let operator: Client;
  let token: Signed;

  beforeAll(async () => {
    database = await server().createDatabase();
    feed = await FeedHost.start(database.url, database.url);
    operator = feed.operator;
  }, 60_000);
  beforeEach(async () => {
    token = await feed.signIn();
  });
  afterAll(async () => {
    await feed.stop();
    await database.drop();
  });

  const ways: [string, string, () => Promise<unknown>][] = [
    [
      'a token that is revoked again',
      'update social_auth_token set revoked_at = now() where account_id = $1',
      () => feed.accounts.revokeToken(token.accountId, token.id),
    ],
    [
      'an account that is disabled again',
      'update social_auth_account set disabled_at = now() where id = $1',
      () => feed.accounts.disableAccount(token.accountId),
    ],
    [
      'roles that are taken away again',
      `update social_auth_account set roles = '{}' where id = $1`,
      () => feed.accounts.setRoles(token.accountId, []),
    ],
  ];

  it.each(ways)('is dropped here before that is answered: %s', async (_, elsewhere, again) => {
    await operator.query(elsewhere, [token.accountId]);
    const applied: Revocation[] = [];
    const stop = feed.host.app.get(Invalidations).onApplied((revocation) => applied.push(revocation));
    await again();
    stop();
    expect(applied).toContainEqual({ kind: 'account', accountId: token.accountId });
  });
});
