import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, type DemoIssuer } from '../../../../dev/demo-identity-provider';
import { MovedClock } from '../../../../test/support/moved-clock';
import { codeOf } from '../../../../test/support/refusal-of';
import { KeyStores } from '../../verification/key-stores';
import { ProviderSettingsError, type StrategyTools } from '../provider-definition';
import type { OidcSettings } from './oidc.settings';
import { OidcStrategy } from './oidc.strategy';

const WRONG_AUDIENCE = 'provider_token_wrong_audience';
const WRONG_KIND = 'provider_token_wrong_kind';

let idp: DemoIdentityProvider;
let issuer: DemoIssuer;
let tools: StrategyTools;

beforeAll(async () => {
  Logger.overrideLogger(false);
  idp = await DemoIdentityProvider.start();
  issuer = idp.auth0;
});
afterAll(() => idp.stop());
beforeEach(() => {
  const clock = new MovedClock();
  const stores = new KeyStores(clock);
  tools = { clock, keyStore: (source) => stores.for('oidc-a', source) };
});

const strategy = (settings: Partial<OidcSettings> = {}): OidcStrategy =>
  new OidcStrategy('oidc-a', { issuers: [issuer.issuer], clientIds: [issuer.clientId], ...settings }, tools);

const now = (): number => Math.floor(Date.now() / 1_000);
const usual = (): object => ({ iss: issuer.issuer, sub: 'f:1:ada', iat: now(), exp: now() + 300 });
const sign = (claims: object, header: object = {}): string => issuer.sign({ ...usual(), ...claims }, header);

describe('ID tokens as the issuers of this world make them', () => {
  it('of Keycloak: marked as such in a claim', async () => {
    const token = sign({ aud: issuer.clientId, azp: issuer.clientId, typ: 'ID', email_verified: false, name: 'Ada' });
    const { identity, clientId } = await strategy().verify({ kind: 'id_token', token });
    expect(identity).toEqual({
      provider: 'oidc-a',
      issuer: issuer.issuer,
      subject: 'f:1:ada',
      email: undefined,
      emailVerified: false,
      name: 'Ada',
      picture: undefined,
    });
    expect(clientId).toBe(issuer.clientId);
  });

  it('of Cognito, whose user name is a claim of another name', async () => {
    const token = sign({
      aud: issuer.clientId,
      token_use: 'id',
      'cognito:username': 'ada',
      email: 'ada@example.com',
      email_verified: true,
    });
    const { identity } = await strategy({ claims: { name: 'cognito:username' } }).verify({ kind: 'id_token', token });
    expect(identity).toMatchObject({ name: 'ada', email: 'ada@example.com', emailVerified: true });
  });

  it('of Entra, which sends no email_verified', async () => {
    const token = sign({ aud: issuer.clientId, preferred_username: 'ada@corp.example', ver: '2.0' });
    const claims = { email: 'preferred_username' };
    const posted = { kind: 'id_token', token } as const;
    expect((await strategy({ claims }).verify(posted)).identity).toMatchObject({
      email: 'ada@corp.example',
      emailVerified: false,
    });
    const trusted = await strategy({ claims, emailVerified: true }).verify(posted);
    expect(trusted.identity).toMatchObject({ email: 'ada@corp.example', emailVerified: true });
    expect(trusted.identity.emailAuthoritative).toBeUndefined();
  });

  it('of Zitadel, for all clients of a project and the project itself', async () => {
    const aud = [issuer.clientId, issuer.mobileClientId, '2839@project'];
    const token = sign({ aud, azp: issuer.mobileClientId, client_id: issuer.mobileClientId });
    const posted = { kind: 'id_token', token } as const;
    expect((await strategy({ clientIds: aud }).verify(posted)).clientId).toBe(issuer.mobileClientId);
    expect(await codeOf(() => strategy({ clientIds: aud.slice(0, 2) }).verify(posted))).toBe(WRONG_AUDIENCE);
    // Its access tokens have the same audiences, and no azp.
    const accessToken = sign({ aud, client_id: issuer.clientId, jti: 'V2_1' });
    const misposted = { kind: 'id_token', token: accessToken } as const;
    expect(await codeOf(() => strategy({ clientIds: aud }).verify(misposted))).toBe(WRONG_AUDIENCE);
  });
});

describe('access tokens', () => {
  const AUDIENCE = 'https://notes.example/';
  const verify = (token: string, kind: 'access_token' | 'auth_token' | 'id_token' = 'access_token') =>
    strategy({ audience: AUDIENCE }).verify({ kind, token });

  it.each(['azp', 'client_id', 'cid', 'appid'])('name their client in %s, which must be ours', async (party) => {
    const ours = sign({ aud: AUDIENCE, [party]: issuer.clientId, scope: 'openid notes:read' });
    expect(await verify(ours)).toMatchObject({
      kind: 'access_token',
      clientId: issuer.clientId,
      scopes: ['openid', 'notes:read'],
    });
    const foreign = sign({ aud: AUDIENCE, [party]: issuer.foreignClientId });
    expect(await codeOf(() => verify(foreign))).toBe(WRONG_AUDIENCE);
  });

  it('V10 are never taken for ID tokens, not even those for a client of ours that a claim marks', async () => {
    expect(await codeOf(() => verify(sign({ aud: AUDIENCE }), 'id_token'))).toBe(WRONG_KIND);
    for (const mark of [{ typ: 'Bearer' }, { token_use: 'access' }]) {
      const token = sign({ aud: issuer.clientId, azp: issuer.clientId, ...mark });
      for (const kind of ['id_token', 'auth_token'] as const) {
        expect(await codeOf(() => verify(token, kind))).toBe(WRONG_KIND);
      }
    }
    const typed = sign({ aud: issuer.clientId }, { typ: 'at+jwt' });
    expect(await codeOf(() => verify(typed, 'id_token'))).toBe(WRONG_KIND);
  });

  it('V10 without a type are refused: those of Okta have the person’s login for a subject', async () => {
    const token = sign({ aud: AUDIENCE, cid: issuer.clientId, sub: 'ada@example.com' }, { typ: undefined });
    expect(await codeOf(() => verify(token))).toBe(WRONG_KIND);
  });

  it('are refused where no API is configured', async () => {
    const posted = { kind: 'access_token', token: sign({ aud: AUDIENCE }) } as const;
    expect(await codeOf(() => strategy().verify(posted))).toBe(WRONG_AUDIENCE);
  });

  it('are refused where they are opaque', async () => {
    expect(await codeOf(() => verify('opaque-access-token'))).toBe('provider_token_invalid');
  });
});

describe('an instance that is set up wrongly by its host', () => {
  it.each([
    ['no issuer', { issuers: [] }],
    ['a text for a list of issuers', { issuers: 'https://a.example' as unknown as string[] }],
    ['no client', { clientIds: [] }],
    ['an API that is a client', { clientIds: ['web'], audience: 'web' }],
  ])('is refused: %s', (_name, settings) => expect(() => strategy(settings)).toThrow(ProviderSettingsError));
});

it('V11 believes the issuers that it is given alone, each exactly', async () => {
  const accepts = async (iss: string): Promise<string> => {
    const token = sign({ iss, aud: issuer.clientId });
    const { identity } = await strategy({ issuers: [issuer.issuer, 'https://b.example'] }).verify({
      kind: 'id_token',
      token,
    });
    return identity.issuer;
  };
  expect(await accepts('https://b.example')).toBe(issuer.issuer);
  for (const iss of ['https://b.example/', 'https://c.example', issuer.issuer.slice(0, -1)]) {
    expect(await codeOf(() => accepts(iss))).toBe('provider_token_wrong_issuer');
  }
});
