import { BOTH } from '../hostile/arena';
import { NonceVisitor, sha256, startNonceServer, verdictOf, WRONG_NONCE } from '../support/nonce-visitor';
import type { TestApp } from '../support/test-app';

const asked = { nonce_required: true };

describe.each(BOTH)('the nonce of an ID token of %s', (provider) => {
  let server: TestApp;
  let visitor: NonceVisitor;
  let stop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    ({ server, stop } = await startNonceServer());
    visitor = new NonceVisitor(server, provider);
  }, 60_000);
  afterAll(() => stop?.());

  describe('of a client that may have one', () => {
    it('may be its own, or none, as often as it likes', async () => {
      for (const nonce of ['of-the-sdk', 'of-the-sdk', undefined, 7]) {
        expect(await visitor.signIn('android', nonce)).toBe('200');
      }
    });

    it('is used up if it is ours, so that it does no more for a request that asks for it', async () => {
      const nonce = await visitor.challenge();
      const before = await visitor.challenges();
      expect(await visitor.signIn('android', nonce)).toBe('200');
      expect(await visitor.challenges()).toBe(before - 1);
      expect(await visitor.signIn('android', nonce, asked)).toBe(WRONG_NONCE);
    });

    it('must be ours where the request asks for it', async () => {
      expect(await visitor.signIn('android', 'of-the-sdk', asked)).toBe(WRONG_NONCE);
      expect(await visitor.signIn('android', undefined, asked)).toBe(WRONG_NONCE);
      const nonce = await visitor.challenge();
      expect(await visitor.signIn('android', sha256(nonce, 'hex'), asked)).toBe('200');
    });

    it('is not needed by an access token, unless the request asks for it', async () => {
      const { audience, mobileClientId: clientId } = server.idp[provider];
      const { accessToken } = await server.idp[provider].issue('ada', { audience, clientId });
      expect(verdictOf(await visitor.post({ access_token: accessToken }))).toBe('200');
      expect(verdictOf(await visitor.post({ access_token: accessToken, ...asked }))).toBe(WRONG_NONCE);
    });

    it.each([1, 'true', 'false', {}, [], [true]])('is asked for by true, not by %j', async (nonce_required) => {
      const id_token = await visitor.idToken('android', 'of-the-sdk');
      expect(verdictOf(await visitor.post({ id_token, nonce_required }))).toBe('400 invalid_request');
    });

    it.each([false, null])('is not asked for by %j', async (nonce_required) => {
      expect(await visitor.signIn('android', 'of-the-sdk', { nonce_required })).toBe('200');
    });
  });

  describe('of the web client, which next-auth gives nonces of its own', () => {
    it('is never looked at, whatever it is', async () => {
      const nonce = await visitor.challenge();
      const before = await visitor.challenges();
      for (const claim of ['of-next-auth', 'of-next-auth', nonce, undefined, 7]) {
        expect(await visitor.signIn('web', claim)).toBe('200');
      }
      expect(await visitor.challenges()).toBe(before);
    });

    it('is refused unseen where the request asks for one of ours: the client would think itself safe', async () => {
      const nonce = await visitor.challenge();
      const before = await visitor.challenges();
      expect(await visitor.signIn('web', nonce, asked)).toBe(WRONG_NONCE);
      expect(await visitor.challenges()).toBe(before);
    });
  });
});
