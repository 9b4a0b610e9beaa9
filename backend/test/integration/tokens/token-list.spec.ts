import { randomUUID } from 'node:crypto';
import { SocialAuthDatabase } from '../../../src/social-auth';
import { tokenRulesOf } from '../../../src/social-auth/option-defaults';
import { TokenList } from '../../../src/social-auth/tokens/token-list';
import { KEY, TokenHost } from './token-host';

const IDLE = 300;

describe('the list of the tokens of an account', () => {
  let host: TokenHost;
  let list: TokenList;

  const listOver = (data: SocialAuthDatabase, perAccount?: number): TokenList =>
    new TokenList(
      data,
      tokenRulesOf({ tokens: { hmacKeys: [KEY], ...(perAccount && { limit: { perAccount } }) }, providerSettings: {} }),
    );

  beforeAll(async () => {
    host = await TokenHost.alone({ idleSeconds: IDLE, personal: { scopes: ['notes:read'] } });
    list = listOver(host.database);
  }, 60_000);
  afterAll(() => host?.stop());

  it('is empty for an account that there is not, or that is no id at all', async () => {
    expect([await list.of(randomUUID()), await list.of(`' or true --`), await list.of('')]).toEqual([[], [], []]);
  });

  it('holds the living tokens of this account alone, the newest first, of a chain the last', async () => {
    const person = randomUUID();
    const first = await host.signIn(person);
    const second = await host.signIn(person);
    const third = await host.signIn(person);
    await host.signIn();
    await host.successorOf(first.token);
    await host.api('/auth/logout', { method: 'POST', token: second.token });
    const rows = await list.of(first.accountId);
    const [, , , successor] = await host.tokensOf(first.accountId);
    expect(rows.map(({ id }) => id)).toEqual([successor?.id, third.id]);
  });

  it('holds neither what has expired nor what lay unused for too long', async () => {
    const person = randomUUID();
    const [expired, unused] = [await host.signIn(person), await host.signIn(person)];
    await host.query(`update social_auth_token set expires_at = now() where id = $1`, [expired.id]);
    await host.query(`update social_auth_token set created_at = now() - make_interval(secs => $2) where id = $1`, [
      unused.id,
      IDLE,
    ]);
    expect(await list.of(expired.accountId)).toEqual([]);
  });

  it('tells all about a token but what is secret, and when it ends unless it is used', async () => {
    const { token, accountId, id } = await host.signIn();
    const { body } = await host.personalToken(token);
    const [personal, signIn] = await list.of(accountId);
    const common = { provider: 'google', platform: null, lastUsedAt: null };
    expect(signIn).toMatchObject({ ...common, id, kind: 'sign_in', name: null, scopes: null });
    expect(signIn).toMatchObject({ clientAddress: '192.0.2.7', userAgent: 'spec' });
    expect((signIn?.expiresAt.getTime() ?? 0) - (signIn?.createdAt.getTime() ?? 0)).toBe(IDLE * 1_000);
    expect(personal).toMatchObject({ ...common, kind: 'personal', name: 'spec', scopes: ['notes:read'] });
    const text = JSON.stringify([personal, signIn]);
    for (const secret of [token, body.token, 'digest', 'key_id']) expect(text).not.toContain(secret);
    const members =
      'id predecessorId kind name provider platform scopes clientAddress userAgent createdAt lastUsedAt expiresAt';
    expect(Object.keys(signIn ?? {})).toEqual(expect.arrayContaining(members.split(' ')));
  });

  it('is bounded, but never shorter than the limits of the rules', async () => {
    const { accountId } = await host.signIn();
    await host.query(
      `insert into social_auth_token (id, account_id, digest, key_id, provider, expires_at)
       select gen_random_uuid(), $1::uuid, sha256(convert_to($1::uuid::text || n, 'UTF8')), 'spec', 'google', now() + interval '1 day'
         from generate_series(1, 1100) as n`,
      [accountId],
    );
    expect(await list.of(accountId)).toHaveLength(1_000);
    expect(await listOver(host.database, 1_050).of(accountId)).toHaveLength(1_100);
  });
});
