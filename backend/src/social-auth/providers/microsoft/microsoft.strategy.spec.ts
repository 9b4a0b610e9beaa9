import { Logger } from '@nestjs/common';
import { MicrosoftTwin, TENANTS } from '../../../../test/support/microsoft-twin';
import { MovedClock } from '../../../../test/support/moved-clock';
import { codeOf, refusalOf } from '../../../../test/support/refusal-of';
import { KeyStores } from '../../verification/key-stores';
import type { CredentialKind, VerifiedCredential } from '../../verification/verified-credential';
import { ProviderSettingsError } from '../provider-definition';
import type { MicrosoftSettings } from './microsoft.settings';
import { MicrosoftStrategy } from './microsoft.strategy';

const ADA = '690222be-ff1a-4d56-abd1-7e4f7d38e474';
const { contoso, fabrikam, personal } = TENANTS;

describe('an ID token in the shape of Microsoft’s', () => {
  let twin: MicrosoftTwin;
  let clock: MovedClock;

  beforeAll(() => void Logger.overrideLogger(false));
  beforeEach(async () => {
    twin = await MicrosoftTwin.start();
    clock = new MovedClock();
  });
  afterEach(() => twin.stop());

  const build = (changes: Partial<MicrosoftSettings> = {}): MicrosoftStrategy => {
    const stores = new KeyStores(clock);
    const settings = { clientIds: [twin.clientId], issuer: twin.issuerOf('common'), ...changes };
    return new MicrosoftStrategy(settings, { clock, keyStore: (address) => stores.for('microsoft', address) });
  };
  const verify = (
    token: string,
    changes?: Partial<MicrosoftSettings>,
    kind: CredentialKind | 'auth_token' = 'id_token',
  ): Promise<VerifiedCredential> => build(changes).verify({ kind, token });
  const verdict = (token: string, changes?: Partial<MicrosoftSettings>): Promise<string> =>
    verify(token, changes).then(
      () => 'accepted',
      (error: Error) => codeOf(() => Promise.reject(error)),
    );

  it.each(['id_token', 'auth_token'] as const)(
    'is verified as %s, by the issuer of its tenant and oid',
    async (kind) => {
      const credential = await verify(twin.idToken(ADA), {}, kind);
      expect(credential).toMatchObject({ kind: 'id_token', clientId: twin.clientId });
      expect(credential.identity).toEqual({
        provider: 'microsoft',
        issuer: twin.issuerOf(contoso),
        subject: ADA,
        email: 'ada@contoso.example',
        emailVerified: false,
        name: 'Ada Winter',
        picture: undefined,
      });
    },
  );

  it('M1 is of another person where the same oid stands in another tenant', async () => {
    const [one, other] = [await verify(twin.idToken(ADA)), await verify(twin.idToken(ADA, fabrikam))];
    expect(one.identity.subject).toBe(other.identity.subject);
    expect(one.identity.issuer).not.toBe(other.identity.issuer);
  });

  it.each([
    { email_verified: true },
    { email_verified: 'true' },
    { xms_edov: true },
    { verified_primary_email: ['a'] },
  ])('M3 has no verified address, whatever it says: %j', async (changes) => {
    const { identity } = await verify(twin.idToken(ADA, contoso, changes));
    expect(identity.emailVerified).toBe(false);
    expect(identity.emailAuthoritative ?? false).toBe(false);
  });

  describe('V11 and its tenant', () => {
    it.each([
      ['another tenant in tid', { tid: TENANTS.fabrikam }],
      ['no tid', { tid: undefined }],
      ['a tid in capitals', { tid: TENANTS.contoso.toUpperCase() }],
      ['a path as tid', { tid: `${TENANTS.fabrikam}/v2.0/..` }],
      ['the template as tid', { tid: '{tenantid}' }],
      ['an issuer of version 1', { iss: `https://sts.windows.net/${TENANTS.contoso}/` }],
      [
        'Microsoft’s own host, where another is configured',
        { iss: `https://login.microsoftonline.com/${TENANTS.contoso}/v2.0` },
      ],
      ['a list of issuers', { iss: [`https://login.microsoftonline.com/${TENANTS.contoso}/v2.0`] }],
    ])('is refused with %s', async (_what, changes) => {
      expect(await verdict(twin.idToken(ADA, contoso, changes))).toBe('provider_token_wrong_issuer');
      expect(twin.loopback.hits).toBe(0);
    });

    it.each([
      ['common', ['accepted', 'accepted', 'accepted']],
      ['organizations', ['accepted', 'accepted', 'provider_token_wrong_issuer']],
      ['consumers', ['provider_token_wrong_issuer', 'provider_token_wrong_issuer', 'accepted']],
      [contoso, ['accepted', 'provider_token_wrong_issuer', 'provider_token_wrong_issuer']],
    ])('is let in by %s or not', async (tenant, verdicts) => {
      const settings = { issuer: twin.issuerOf(tenant) };
      const tokens = [contoso, fabrikam, personal].map((one) => twin.idToken(ADA, one));
      expect(await Promise.all(tokens.map((token) => verdict(token, settings)))).toEqual(verdicts);
    });

    it('is refused where it is not on the list', async () => {
      const settings = { allowedTenants: [fabrikam] };
      expect(await verdict(twin.idToken(ADA, fabrikam), settings)).toBe('accepted');
      expect(await verdict(twin.idToken(ADA, contoso), settings)).toBe('provider_token_wrong_issuer');
    });
  });

  describe('V2 and its key', () => {
    it('is refused where the key is published for another tenant alone', async () => {
      twin.keyIssuers = [twin.issuerOf(fabrikam)];
      const { code, reason } = await refusalOf(() => verify(twin.idToken(ADA)));
      expect({ code, reason }).toEqual({
        code: 'provider_token_invalid',
        reason: 'the key is published for another issuer',
      });
      expect(await verdict(twin.idToken(ADA, fabrikam))).toBe('accepted');
    });

    it.each([
      ['nobody', undefined],
      ['no text', 7],
      ['another host', 'https://evil.example/{tenantid}/v2.0'],
      ['everybody', '{tenantid}'],
      ['an empty text', ''],
    ])('is refused where the key is published for %s', async (_who, issuer) => {
      twin.keyIssuers = [issuer];
      expect(await verdict(twin.idToken(ADA))).toBe('provider_token_invalid');
    });

    it('is verified by each key for its own issuer, in one set', async () => {
      await twin.loopback.keys.rotate();
      twin.keyIssuers = [twin.issuerOf('{tenantid}'), twin.issuerOf(personal)];
      expect(await verdict(twin.idToken(ADA, personal))).toBe('accepted');
      expect(await verdict(twin.idToken(ADA, contoso))).toBe('provider_token_invalid');
    });

    it('is held to it where neither key nor token has a name', async () => {
      twin.keyIssuers = [twin.issuerOf(fabrikam)];
      const [, payload = ''] = twin.idToken(ADA).split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      expect(await verdict(twin.loopback.sign(claims, { kid: undefined }))).toBe('provider_token_invalid');
    });
  });

  it.each([
    ['provider_token_wrong_audience', { aud: '00000003-0000-0000-c000-000000000000' }],
    ['provider_token_invalid', { oid: undefined }],
    ['provider_token_invalid', { oid: 'ada' }],
    ['provider_token_invalid', { oid: ADA.toUpperCase() }],
    ['provider_token_invalid', { sub: undefined }],
    ['provider_token_invalid', { exp: Math.floor(Date.now() / 1_000) + 90_000 }],
  ])('is refused as %s with %j', async (code, changes) => {
    expect(await verdict(twin.idToken(ADA, contoso, changes))).toBe(code);
  });

  it('is accepted with the life that those of personal accounts have, and no later than a day', async () => {
    const iat = Math.floor(Date.now() / 1_000) - 300;
    const token = twin.idToken(ADA, personal, { iat, nbf: iat, exp: iat + 86_700 });
    expect(await verdict(token)).toBe('accepted');
    clock.pass(86_400 - 200);
    expect(await verdict(token)).toBe('provider_token_too_old');
  });

  it('is no access token', async () => {
    expect(await codeOf(() => verify(twin.idToken(ADA), {}, 'access_token'))).toBe('provider_token_wrong_kind');
  });

  it('quotes no person where it explains', async () => {
    const context = { provider: 'microsoft', configured: [] };
    const error = await refusalOf(() => verify(twin.idToken(ADA, contoso, { tid: fabrikam })));
    const { detail } = error.getResponse() as { detail: string };
    const explained = JSON.stringify((error as { explained?: (given: object) => Error }).explained?.(context));
    expect(`${detail}${explained}`).not.toMatch(/ada@contoso|690222be/);
  });

  it.each<Partial<MicrosoftSettings>>([
    { clientIds: [] },
    { issuer: 'https://login.microsoftonline.com/contoso.example/v2.0' },
    { allowedTenants: ['common'] },
    { allowedTenants: [] },
    { allowedTenants: contoso as unknown as string[] },
  ])('has no strategy with %j', (changes) => expect(() => build(changes)).toThrow(ProviderSettingsError));
});
