import { outcomeOf, TokenHost } from './token-host';

const MAXIMUM = 10_000;

interface PersonalBody {
  id: string;
  name: string;
  scopes: string[];
  expires_in: number;
}

describe('personal tokens', () => {
  let host: TokenHost;

  beforeAll(async () => {
    const scopes = ['notes:read', 'notes:write'];
    host = await TokenHost.alone({
      personal: { scopes, ttlSeconds: 500, maximumTtlSeconds: MAXIMUM, idleSeconds: 300, perAccount: 2 },
    });
  }, 60_000);
  afterAll(() => host?.stop());

  it.each<[string, object, string]>([
    ['a scope that is not offered', { scopes: ['notes:read', 'admin'] }, '400 invalid_scope'],
    ['a longer life than may be asked for', { expires_in: MAXIMUM + 1 }, '400 invalid_request'],
  ])('are refused with %s, and nothing is written', async (_what, wish, refusal) => {
    const { token, accountId } = await host.signIn();
    expect(outcomeOf(await host.personalToken(token, wish))).toBe(refusal);
    expect(await host.tokensOf(accountId)).toHaveLength(1);
  });

  it('are refused the scopes that the sign-in token itself lacks', async () => {
    const { token, id, accountId } = await host.signIn();
    await host.query('update social_auth_token set scopes = $2 where id = $1', [id, ['notes:read']]);
    // A token with a list does not reach the endpoint; the decision holds without it.
    expect(outcomeOf(await host.personalToken(token))).toBe('403 insufficient_scope');
    expect(await host.tokensOf(accountId)).toHaveLength(1);
  });

  it('are refused, never made at the cost of another, once there are enough', async () => {
    const { token, accountId } = await host.signIn();
    const made = [await host.personalToken(token), await host.personalToken(token)];
    expect(outcomeOf(await host.personalToken(token))).toBe('409 token_limit_reached');
    for (const { body } of made) expect(await host.use(body.token, '/reach/notes')).toBe('200');
    expect(await host.eventsOf(accountId, 'token_evicted')).toEqual([]);
  });

  it('have their name, scopes and life, and are recorded without the secret', async () => {
    const { token, accountId } = await host.signIn();
    await host.query('update social_auth_token set identity_id = $2 where account_id = $1', [accountId, accountId]);
    const answer = await host.personalToken(token, { name: 'backup', scopes: ['notes:write', 'notes:read'] });
    const body = answer.body as unknown as PersonalBody & { token: string };
    expect(body).toMatchObject({ name: 'backup', scopes: ['notes:write', 'notes:read'], expires_in: 500 });
    const [, row] = await host.tokensOf(accountId);
    const expected = { id: body.id, provider: 'google', idle_seconds: 300, authenticated_at: null, family_id: null };
    // With the identity of the sign-in, so that it ends with it.
    expect(row).toMatchObject({ ...expected, identity_id: accountId });
    const events = await host.eventsOf(accountId, 'token_issued');
    const details = { name: 'backup', scopes: ['notes:write', 'notes:read'] };
    expect(events).toEqual([{ type: 'token_issued', token_id: body.id, client_address: '127.0.0.1', details }]);
    expect(JSON.stringify(events)).not.toContain(body.token);
  });

  it('end with all others of their account', async () => {
    const { token } = await host.signIn();
    const { body } = await host.personalToken(token);
    await host.api('/auth/logout-all', { method: 'POST', token });
    expect(await host.use(body.token, '/reach/notes')).toBe('401 invalid_token');
  });
});
