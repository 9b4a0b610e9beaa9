import { AccountClient } from '../../support/account-client';
import { sha256, verdictOf, WRONG_NONCE } from '../../support/nonce-visitor';
import type { TestApp } from '../../support/test-app';
import { MOBILE_APPS, MobileApp } from './mobile-app';
import { MobileIssuers } from './mobile-issuers';

let issuers: MobileIssuers;
let server: TestApp;

beforeAll(async () => {
  issuers = await MobileIssuers.start();
  server = await issuers.startServer();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await issuers?.stop();
});

describe.each(MOBILE_APPS)('$title on $platform', ({ chapter, client }) => {
  const app = (): MobileApp => new MobileApp(server, issuers, chapter, client);

  const signIn = async (): Promise<string> => {
    const nonce = await app().challenge();
    const { status, text, body } = await app().exchange(await app().idToken(app().spelled(nonce)));
    if (status !== 200) throw new Error(`The exchange was answered ${status}: ${text}`);
    return body.token;
  };

  it('gets in with a nonce, calls, takes a successor and signs out, request by request', async () => {
    const first = await signIn();
    expect((await app().call('/accounts/me', first)).status).toBe(200);
    const { status, body } = await app().call('/auth/token/rotate', first);
    expect(status).toBe(200);
    expect((await app().call('/accounts/me', body.token)).status).toBe(200);
    expect((await app().call('/auth/logout', body.token)).status).toBe(204);
    for (const token of [first, body.token]) expect((await app().call('/accounts/me', token)).status).toBe(401);
  });

  it('is shown to its owner as what it runs on, before the rotation and after it', async () => {
    const session = new AccountClient(server, await signIn());
    expect((await session.currentSession()).platform).toBe(client.platform);
    expect((await (await session.rotate()).currentSession()).platform).toBe(client.platform);
  });

  it('V21 is refused without a nonce, with one of the SDK, and with one that was used', async () => {
    const nonce = await app().challenge();
    const idToken = await app().idToken(app().spelled(nonce));
    expect(verdictOf(await app().exchange(idToken))).toBe('200');
    const used = [nonce, sha256(nonce, 'hex'), sha256(nonce, 'base64url')];
    for (const claim of [undefined, 'of-the-sdk', ...used]) {
      expect(verdictOf(await app().exchange(await app().idToken(claim)))).toBe(WRONG_NONCE);
    }
    expect(verdictOf(await app().exchange(idToken))).toBe(WRONG_NONCE);
  });

  it('may spell the nonce in any way that the server knows', async () => {
    for (const spell of [
      (nonce: string) => nonce,
      (nonce: string) => sha256(nonce, 'hex'),
      (nonce: string) => sha256(nonce, 'base64url'),
    ]) {
      const nonce = await app().challenge();
      expect(verdictOf(await app().exchange(await app().idToken(spell(nonce))))).toBe('200');
    }
  });

  it('V12 V13 is refused for an audience or a party that is not ours, which uses up no nonce', async () => {
    const nonce = app().spelled(await app().challenge());
    for (const claims of [{ aud: 'somebody-else' }, { azp: 'somebody-else' }]) {
      const refused = await app().exchange(await app().idToken(nonce, claims));
      expect(verdictOf(refused)).toBe('401 provider_token_wrong_audience');
    }
    expect(verdictOf(await app().exchange(await app().idToken(nonce)))).toBe('200');
  });
});

describe('an app whose SDK takes no nonce', () => {
  const GOOGLE_CLIENT_ID = 'site,free-sdk;platform=ios;nonce=if-present';
  let free: TestApp;

  beforeAll(async () => {
    free = await issuers.startServer({ GOOGLE_CLIENT_ID, ID_TOKEN_SINGLE_USE: 'true' });
  }, 60_000);
  afterAll(() => free?.stop());

  it.each([
    ['none', undefined],
    ['one of the SDK', 'of-the-sdk'],
  ])('V21 gets in with %s, once with each token', async (_what, nonce) => {
    const id_token = await issuers.idToken('/auth/google', {
      aud: 'site',
      azp: 'free-sdk',
      nonce,
      jti: nonce ?? 'none',
    });
    const first = await free.api('/auth/google', { json: { id_token } });
    expect(first.status).toBe(200);
    expect((await new AccountClient(free, first.body.token).currentSession()).platform).toBe('ios');
    const again = await free.api('/auth/google', { json: { id_token } });
    expect(verdictOf(again)).toBe('401 provider_token_replayed');
  });
});
