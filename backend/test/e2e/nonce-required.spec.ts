import { BOTH } from '../hostile/arena';
import { NonceVisitor, sha256, startNonceServer, verdictOf, WRONG_NONCE } from '../support/nonce-visitor';
import type { TestApp } from '../support/test-app';

describe.each(BOTH)('the nonce that an ID token of %s must have', (provider) => {
  let server: TestApp;
  let visitor: NonceVisitor;
  let stop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    ({ server, stop } = await startNonceServer());
    visitor = new NonceVisitor(server, provider);
  }, 60_000);
  afterAll(() => stop?.());

  it.each<[string, (nonce: string) => string]>([
    ['as it is', (nonce) => nonce],
    ['as SHA-256 in hexadecimal', (nonce) => sha256(nonce, 'hex')],
    ['as SHA-256 in capitals', (nonce) => sha256(nonce, 'hex').toUpperCase()],
    ['as SHA-256 in base64url', (nonce) => sha256(nonce, 'base64url')],
  ])('is taken once %s, under no other spelling again', async (_name, claimOf) => {
    const nonce = await visitor.challenge();
    const before = await visitor.challenges();
    expect(await visitor.signIn('ios', claimOf(nonce))).toBe('200');
    expect(await visitor.challenges()).toBe(before - 1);
    for (const claim of [nonce, sha256(nonce, 'hex'), sha256(nonce, 'base64url'), claimOf(nonce)]) {
      expect(await visitor.signIn('ios', claim)).toBe(WRONG_NONCE);
    }
  });

  it('V21 makes the very same token count once', async () => {
    const token = await visitor.idToken('ios', await visitor.challenge());
    expect(verdictOf(await visitor.post({ id_token: token }))).toBe('200');
    expect(verdictOf(await visitor.post({ id_token: token }))).toBe(WRONG_NONCE);
    expect(verdictOf(await visitor.post({ auth_token: token }))).toBe(WRONG_NONCE);
  });

  it('is refused with a challenge where it was not issued, and where there is none', async () => {
    const answer = await visitor.post({ id_token: await visitor.idToken('ios', 'of-the-sdk') });
    expect(verdictOf(answer)).toBe(WRONG_NONCE);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="sign-in", error="invalid_token"');
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(await visitor.signIn('ios')).toBe(WRONG_NONCE);
    expect(await visitor.signIn('ios', undefined, { nonce_required: false })).toBe(WRONG_NONCE);
    expect(server.logs.events('sign_in').at(-1)).toMatchObject({
      outcome: 'refused',
      code: 'provider_token_wrong_nonce',
      subject: expect.any(String) as string,
    });
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['a boolean', true],
    ['null', null],
    ['an empty text', ''],
    ['an object', { nonce: 'x' }],
    ['NUL', 'a\u0000b'],
    ['a lone surrogate', '\ud800'],
    ['the end of the BMP', '\uffff'],
    ['an emoji', '🦊'],
    ['a prototype', '__proto__'],
    ['a constructor', 'constructor'],
    ['SQL', "' or 1=1 --"],
    ['an array literal', '{"\\\\x00"}'],
    ['64 zeros', '0'.repeat(64)],
    ['43 letters A', 'A'.repeat(43)],
    ['8,000 characters', 'x'.repeat(8_000)],
  ])('is refused if it is %s', async (_name, nonce) => expect(await visitor.signIn('ios', nonce)).toBe(WRONG_NONCE));

  it('is refused in a list and in an object, whatever they hold', async () => {
    const nonce = await visitor.challenge();
    for (const claim of [[nonce], { 0: nonce }, { toString: nonce }]) {
      expect(await visitor.signIn('ios', claim)).toBe(WRONG_NONCE);
    }
    expect(await visitor.signIn('ios', nonce)).toBe('200');
  });

  it('V16 is refused with its token if that is a megabyte', async () => {
    const token = await visitor.idToken('ios', 'x'.repeat(1_048_576));
    const { status } = await visitor.post({ id_token: token });
    expect(status).toBe(413);
  });

  it('is nothing that the body can say', async () => {
    const nonce = await visitor.challenge();
    const id_token = await visitor.idToken('ios');
    expect(verdictOf(await visitor.post({ id_token, nonce }))).toBe('400 invalid_request');
  });

  it('is not of the token by its own word: azp decides, whatever aud says', async () => {
    const { clientId, foreignClientId } = server.idp[provider];
    const issue = async (claims: object): Promise<string> =>
      (await server.idp[provider].issue('ada', { claims })).idToken;
    const id_token = await issue({ aud: clientId, azp: foreignClientId, nonce: 'of-the-sdk' });
    expect(verdictOf(await visitor.post({ id_token }))).toBe(WRONG_NONCE);
  });

  it('cannot be had by an access token', async () => {
    const { audience, foreignClientId: clientId } = server.idp[provider];
    const { accessToken } = await server.idp[provider].issue('ada', { audience, clientId });
    expect(verdictOf(await visitor.post({ access_token: accessToken }))).toBe(WRONG_NONCE);
    expect(verdictOf(await visitor.post({ auth_token: accessToken }))).toBe(WRONG_NONCE);
  });

  it('stays used although the sign-in failed afterwards', async () => {
    const nonce = await visitor.challenge();
    const person = 'nil';
    server.idp[provider].addPerson({
      ...server.idp[provider].person('ada'),
      key: person,
      subject: `${provider}|nil`,
    });
    const conflict = await visitor.post({ id_token: await visitor.idToken('ios', nonce, person) });
    expect(verdictOf(conflict)).toBe('409 email_in_use');
    expect(await visitor.signIn('ios', nonce)).toBe(WRONG_NONCE);
  });

  it('is not used by a token that proves nothing', async () => {
    const nonce = await visitor.challenge();
    const token = await visitor.idToken('ios', nonce);
    const broken = `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.alloc(256, 1).toString('base64url')}`;
    expect(verdictOf(await visitor.post({ id_token: broken }))).toBe('401 provider_token_invalid');
    expect(await visitor.signIn('ios', nonce)).toBe('200');
  });

  it('is not taken after its end', async () => {
    const nonce = await visitor.challenge();
    await server.dataSource.query(`update social_auth_challenge set expires_at = now() - interval '1 second'`);
    expect(await visitor.signIn('ios', nonce)).toBe(WRONG_NONCE);
  });
});
