import { TokenLookup } from '../../../src/social-auth/tokens/token-lookup';
import { TokenRotation } from '../../../src/social-auth/tokens/token-rotation';
import type { ApiRequest } from '../../support/api-client';
import { CLIENT, outcomeOf, TokenHost } from './token-host';

const ENDED = '401 invalid_token';

/** What a token of a sign-in reaches, the rotation aside. */
const REQUESTS: [string, ApiRequest][] = [
  ['/reach/anything', {}],
  ['/reach/optional', {}],
  ['/reach/notes', {}],
  ['/reach/fresh', {}],
  ['/accounts/me', {}],
  ['/auth/sessions', {}],
  ['/auth/sessions', { method: 'DELETE' }],
  ['/auth/sessions/others', { method: 'DELETE' }],
  ['/auth/tokens', { json: { name: 'spec', scopes: ['notes:read'] } }],
  ['/auth/logout', { method: 'POST' }],
  ['/auth/logout-all', { method: 'POST' }],
];

describe('a token that was rotated', () => {
  let host: TokenHost;

  beforeAll(async () => {
    host = await TokenHost.alone({ personal: { scopes: ['notes:read'] } });
  }, 60_000);
  afterAll(() => host?.stop());

  const rotated = async (): Promise<{ token: string; id: string; accountId: string; successor: string }> => {
    const { token, id, accountId } = await host.signIn();
    return { token, id, accountId, successor: await host.successorOf(token) };
  };

  const endGrace = (id: string): Promise<unknown> =>
    host.query(`update social_auth_token set rotated_at = rotated_at - interval '1 hour' where id = $1`, [id]);

  it('is refused everywhere but at the rotation once the grace is over, and changes nothing', async () => {
    const { token, id, accountId, successor } = await rotated();
    await endGrace(id);
    const before = await host.tokensOf(accountId);
    const outcomes: string[] = [];
    for (const [path, request] of REQUESTS) outcomes.push(outcomeOf(await host.api(path, { ...request, token })));
    expect(outcomes).toEqual(REQUESTS.map(() => ENDED));
    expect(await host.tokensOf(accountId)).toEqual(before);
    expect(await host.use(successor)).toBe('200');
  });

  it('is answered like a token that never was', async () => {
    const { token, id } = await rotated();
    await endGrace(id);
    const [old, junk] = [await host.api('/accounts/me', { token }), await host.api('/accounts/me', { token: 'junk' })];
    expect([old.text, old.headers.get('www-authenticate')]).toEqual([junk.text, junk.headers.get('www-authenticate')]);
  });

  it('has a successor whose first use is on record before it is answered, whatever the handler answers', async () => {
    for (const path of ['/reach/anything', '/reach/fresh', '/no/such/place']) {
      const { token, id, accountId, successor } = await rotated();
      await host.use(successor, path);
      const [, row] = await host.tokensOf(accountId);
      // Where there is no handler there is no guard, and nobody has learnt anything.
      expect(row?.last_used_at === null).toBe(path === '/no/such/place');
      await endGrace(id);
      const expected = path === '/no/such/place' ? '200' : ENDED;
      expect(outcomeOf(await host.rotate(token))).toBe(expected);
    }
  });

  it('is refused where its successor was revoked by itself or deleted, and nothing is taken for reuse', async () => {
    const endings = [
      'update social_auth_token set revoked_at = now() where id = $1',
      'delete from social_auth_token where id = $1',
    ];
    for (const ending of endings) {
      const { token, id, accountId } = await rotated();
      await endGrace(id);
      const [, row] = await host.tokensOf(accountId);
      await host.query(ending, [row?.id]);
      expect([await host.use(token), outcomeOf(await host.rotate(token))]).toEqual([ENDED, ENDED]);
      expect(await host.eventsOf(accountId, 'token_reuse_detected')).toEqual([]);
    }
  });

  it('has a successor with everything that was narrowed or noted about it meanwhile', async () => {
    const { token, id, accountId } = await host.signIn();
    const principal = await host.part(TokenLookup).find(token);
    if (!principal) throw new Error('The token is not valid.');
    await host.query(
      `update social_auth_token set scopes = $2, platform = 'ios', client_id = 'app', idle_seconds = 600,
                                    identity_id = $1, expires_at = now() + interval '90 s' where id = $1`,
      [id, ['notes:read']],
    );
    const issued = await host.part(TokenRotation).rotate(principal, CLIENT);
    const [first, second] = await host.tokensOf(accountId);
    const kept = { scopes: ['notes:read'], platform: 'ios', client_id: 'app', idle_seconds: 600, identity_id: id };
    expect(second).toMatchObject({ ...kept, id: issued.id, family_id: id, authenticated_at: null });
    expect(second?.expires_at).toEqual(first?.expires_at);
  });
});
