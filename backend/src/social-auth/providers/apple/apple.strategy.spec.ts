import { Logger } from '@nestjs/common';
import { AppleTwin } from '../../../../test/support/apple-twin';
import { MovedClock } from '../../../../test/support/moved-clock';
import { codeOf } from '../../../../test/support/refusal-of';
import { KeyStores } from '../../verification/key-stores';
import type { CredentialKind, VerifiedCredential } from '../../verification/verified-credential';
import { ProviderSettingsError } from '../provider-definition';
import { AppleStrategy } from './apple.strategy';

const SUBJECT = '001234.5e201aec537347aeb79d23cbc345170a.1321';

describe('an ID token in the shape of Apple’s', () => {
  let twin: AppleTwin;
  let clock: MovedClock;
  let strategy: AppleStrategy;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    twin = await AppleTwin.start();
  });
  afterAll(() => twin.stop());
  beforeEach(() => {
    clock = new MovedClock();
    const stores = new KeyStores(clock);
    const { issuer, jwksUri, servicesId, bundleId } = twin;
    const settings = { clientIds: [servicesId, bundleId], issuers: [issuer], jwksUri };
    strategy = new AppleStrategy(settings, { clock, keyStore: (address) => stores.for('apple', address) });
  });

  const verify = (token: string, kind: CredentialKind | 'auth_token' = 'id_token'): Promise<VerifiedCredential> =>
    strategy.verify({ kind, token });

  it.each(['id_token', 'auth_token'] as const)('is verified as %s', async (kind) => {
    const credential = await verify(twin.idToken(SUBJECT, { nonce: 'n' }), kind);
    expect(credential).toMatchObject({ kind: 'id_token', clientId: twin.servicesId, nonce: 'n' });
    expect(credential.identity).toEqual({
      provider: 'apple',
      issuer: twin.issuer,
      subject: SUBJECT,
      email: '0012345e201aec537347aeb79d23cbc345170a1321@privaterelay.appleid.com',
      emailVerified: true,
      emailAuthoritative: true,
      name: undefined,
      picture: undefined,
    });
    expect(credential.authTime).toBeInstanceOf(Date);
  });

  it('names the app for which it was made', async () => {
    expect((await verify(twin.idToken(SUBJECT, { aud: twin.bundleId }))).clientId).toBe(twin.bundleId);
  });

  it.each([
    ['provider_token_wrong_audience', { aud: 'com.example.other' }],
    ['provider_token_wrong_issuer', { iss: 'https://appleid.apple.com' }],
    ['provider_token_invalid', { sub: undefined }],
    ['provider_token_invalid', { exp: Math.floor(Date.now() / 1_000) + 90_000 }],
  ])('is refused as %s with %j', async (code, changes) => {
    expect(await codeOf(() => verify(twin.idToken(SUBJECT, changes)))).toBe(code);
  });

  it('is refused where its end is a text, as only the two flags may be', async () => {
    expect(await codeOf(() => verify(twin.idToken(SUBJECT, { exp: String(Date.now()) })))).toBe(
      'provider_token_invalid',
    );
  });

  it('V21 is refused once it has lived for its day', async () => {
    const token = twin.idToken(SUBJECT);
    clock.pass(86_400 + 61);
    expect(await codeOf(() => verify(token))).toBe('provider_token_expired');
  });

  it('is no access token, of which Apple tells nobody anything', async () => {
    expect(await codeOf(() => verify(twin.idToken(SUBJECT), 'access_token'))).toBe('provider_token_wrong_kind');
    expect(await codeOf(() => verify('a1b2c3.0.rrxy.opaque', 'auth_token'))).toBe('provider_token_invalid');
  });

  it('needs a client id to begin with', () => {
    const build = (): unknown => new AppleStrategy({ clientIds: [] }, { clock, keyStore: () => undefined as never });
    expect(build).toThrow(ProviderSettingsError);
  });
});
