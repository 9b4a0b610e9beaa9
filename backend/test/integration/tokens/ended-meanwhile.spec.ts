import type { Principal } from '../../../src/social-auth';
import { PersonalTokens } from '../../../src/social-auth/tokens/personal-tokens';
import { TokenLookup } from '../../../src/social-auth/tokens/token-lookup';
import { TokenRotation } from '../../../src/social-auth/tokens/token-rotation';
import { codeOf } from '../../support/refusal-of';
import { CLIENT, TokenHost } from './token-host';

const WISH = { name: 'spec', scopes: ['notes:read'] };

describe('a token that ends between the guard and the work', () => {
  let host: TokenHost;

  beforeAll(async () => {
    host = await TokenHost.alone({ personal: { scopes: ['notes:read'] } });
  }, 60_000);
  afterAll(() => host?.stop());

  const principalOf = async (token: string): Promise<Principal> => {
    const principal = await host.part(TokenLookup).find(token);
    if (!principal) throw new Error('The token is not valid.');
    return principal;
  };

  const rotate = (principal: Principal) => host.part(TokenRotation).rotate(principal, CLIENT);
  const makePersonal = (principal: Principal) => host.part(PersonalTokens).create(principal, WISH, CLIENT);

  const endings: [string, (accountId: string, tokenId: string) => Promise<unknown>][] = [
    ['is revoked', (accountId, tokenId) => host.accounts.revokeToken(accountId, tokenId)],
    ['is revoked with all others', (accountId) => host.accounts.revokeAllTokens(accountId)],
    ['has its account disabled', (accountId) => host.accounts.disableAccount(accountId)],
    ['has its account deleted', (accountId) => host.accounts.deleteAccount(accountId)],
    [
      'has its account disabled by a statement',
      (accountId) => host.query('update social_auth_account set disabled_at = now() where id = $1', [accountId]),
    ],
    [
      'expires',
      (_accountId, tokenId) => host.query('update social_auth_token set expires_at = now() where id = $1', [tokenId]),
    ],
    [
      'lies unused for too long',
      (_accountId, tokenId) =>
        host.query(
          `update social_auth_token set idle_seconds = 60, created_at = now() - interval '60 s', last_used_at = null
            where id = $1`,
          [tokenId],
        ),
    ],
  ];

  it.each(endings)('has no successor and makes no personal token when it %s', async (_how, end) => {
    const { token, accountId, id } = await host.signIn();
    const principal = await principalOf(token);
    await end(accountId, id);
    const before = await host.tokensOf(accountId);
    expect(await codeOf(() => rotate(principal))).toBe('invalid_token');
    expect(await codeOf(() => makePersonal(principal))).toBe('invalid_token');
    expect(await host.tokensOf(accountId)).toEqual(before);
  });

  it('ends its family when its successor is first used in between, and that outlasts the refusal', async () => {
    const { token, accountId, id } = await host.signIn();
    const successor = await host.successorOf(token);
    const age = `update social_auth_token set rotated_at = now() - interval '1 hour' where id = $1`;
    await host.query(age, [id]);
    const principal = await principalOf(token);
    expect(principal.token.isSuperseded).toBe(true);
    expect(await host.use(successor)).toBe('200');
    expect(await codeOf(() => rotate(principal))).toBe('invalid_token');
    expect(await host.use(successor)).toBe('401 invalid_token');
    expect(await host.eventsOf(accountId, 'token_reuse_detected')).toEqual([
      { type: 'token_reuse_detected', token_id: id, client_address: '192.0.2.7', details: { ended: 2 } },
    ]);
  });

  it('is judged as what it is, whatever the principal says of it', async () => {
    const { token } = await host.signIn();
    const { body } = await host.personalToken(token);
    const personal = await principalOf(body.token);
    expect(await codeOf(() => rotate(personal))).toBe('invalid_token');
    expect(await codeOf(() => makePersonal(personal))).toBe('invalid_scope');
    const disguised = { ...personal, token: { ...personal.token, kind: 'sign_in' as const, scopes: undefined } };
    expect(await codeOf(() => makePersonal(disguised))).toBe('invalid_token');
  });

  it('cannot be rotated in the name of another account', async () => {
    const [ada, ben] = [await host.signIn(), await host.signIn()];
    const { token } = await principalOf(ada.token);
    const { account } = await principalOf(ben.token);
    expect(await codeOf(() => rotate({ account, token }))).toBe('invalid_token');
    expect(await codeOf(() => makePersonal({ account, token }))).toBe('invalid_token');
  });
});
