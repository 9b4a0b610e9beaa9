import type { ApiAnswer } from '../support/api-client';
import { NonceVisitor, startNonceServer, verdictOf, WRONG_NONCE, type NonceServer } from '../support/nonce-visitor';

describe('the nonce of an ID token that links an identity', () => {
  let running: NonceServer;
  let visitor: NonceVisitor;
  let token: string;

  beforeAll(async () => {
    running = await startNonceServer();
    visitor = new NonceVisitor(running.server, 'auth0');
    ({ token } = await running.server.signIn('google', 'ada'));
  }, 60_000);
  afterAll(() => running?.stop());

  const link = (json: object): Promise<ApiAnswer> => running.server.api('/auth/link/auth0', { json, token });

  it('must be ours as for a sign-in, and is used up by either', async () => {
    expect(verdictOf(await link({ id_token: await visitor.idToken('ios') }))).toBe(WRONG_NONCE);
    expect(verdictOf(await link({ id_token: await visitor.idToken('ios', 'of-the-sdk') }))).toBe(WRONG_NONCE);
    const id_token = await visitor.idToken('ios', await visitor.challenge());
    expect(verdictOf(await link({ id_token }))).toBe('200');
    expect(verdictOf(await link({ id_token }))).toBe(WRONG_NONCE);
    expect(verdictOf(await visitor.post({ id_token }))).toBe(WRONG_NONCE);
  });

  it('is asked for by the request as for a sign-in', async () => {
    const id_token = await visitor.idToken('android', 'of-the-sdk');
    expect(verdictOf(await link({ id_token, nonce_required: true }))).toBe(WRONG_NONCE);
    expect(verdictOf(await link({ id_token }))).toBe('200');
  });
});
