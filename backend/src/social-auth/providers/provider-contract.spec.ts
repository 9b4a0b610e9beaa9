import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, type DemoIssuer } from '../../../dev/demo-identity-provider';
import { MicrosoftTenant } from '../../../test/support/microsoft-tenant';
import { MovedClock } from '../../../test/support/moved-clock';
import { codeOf, refusalOf } from '../../../test/support/refusal-of';
import { KeyStores } from '../verification/key-stores';
import type { CredentialKind, SocialAuthStrategy, VerifiedCredential } from '../verification/verified-credential';
import { AppleStrategy } from './apple/apple.strategy';
import { Auth0Strategy } from './auth0/auth0.strategy';
import { FacebookStrategy } from './facebook/facebook.strategy';
import { GoogleStrategy } from './google/google.strategy';
import { MicrosoftStrategy } from './microsoft/microsoft.strategy';
import { OidcStrategy } from './oidc/oidc.strategy';
import { ProviderSettingsError, type StrategyTools } from './provider-definition';

/** What the contract asks of an issuer, as those of the demo have it. */
interface ContractIssuer extends Pick<DemoIssuer, 'issuer' | 'clientId' | 'person' | 'resetFaults'> {
  fault(endpoint: 'jwks', fault: '500'): void;
  hits(endpoint: 'jwks'): number;
}

interface Candidate<Issuer extends ContractIssuer = DemoIssuer> {
  name: string;
  /** Starts the issuer whose tokens it is put to. */
  start: () => Promise<{ issuer: Issuer; stop: () => Promise<void> }>;
  /** Whether several spellings of one issuer are configured. Default: true. */
  hasSpellings?: boolean;
  /** By how many seconds the issuer dates `iat` back. Default: 0. */
  datedBack?: number;
  /** Whether the provider says which addresses it has verified. Default: true. */
  verifiesAddresses?: boolean;
  kind: CredentialKind;
  lifetime: number;
  build: (issuer: Issuer, tools: StrategyTools, clientIds: string[], maximumAge?: number) => SocialAuthStrategy;
  /** A genuine token, with changes laid over its claims. */
  issue: (issuer: Issuer, person: string, claims?: object) => Promise<string>;
}

const demo =
  (twin: 'google' | 'auth0'): Candidate['start'] =>
  async () => {
    const idp = await DemoIdentityProvider.start();
    return { issuer: idp[twin], stop: () => idp.stop() };
  };

const google: Candidate = {
  name: 'google',
  start: demo('google'),
  kind: 'id_token',
  lifetime: 3_600,
  build: ({ issuer, jwksUri, tokeninfoUri, userinfoUri }, tools, clientIds, maximumAgeSeconds) =>
    new GoogleStrategy(
      { clientIds, issuers: [issuer, 'https://second.example'], jwksUri, tokeninfoUri, userinfoUri, maximumAgeSeconds },
      tools,
    ),
  issue: async (issuer, person, claims) => (await issuer.issue(person, { claims })).idToken,
};

const auth0: Candidate = {
  name: 'auth0',
  start: demo('auth0'),
  kind: 'id_token',
  lifetime: 36_000,
  build: ({ issuer, jwksUri, audience }, tools, clientIds, maximumAgeSeconds) =>
    new Auth0Strategy(
      {
        domain: 'tenant.example',
        clientIds,
        audience,
        issuers: [issuer, 'https://second.example'],
        jwksUri,
        claimsNamespace: 'https://example.com/',
        maximumAgeSeconds,
      },
      tools,
    ),
  issue: google.issue,
};

const auth0Access: Candidate = {
  ...auth0,
  kind: 'access_token',
  lifetime: 86_400,
  issue: async (issuer, person, accessTokenClaims) =>
    (await issuer.issue(person, { audience: issuer.audience, accessTokenClaims })).accessToken,
};

const oidc: Candidate = {
  ...auth0,
  name: 'oidc-tenant',
  build: ({ issuer, audience }, tools, clientIds, maximumAgeSeconds) =>
    new OidcStrategy(
      'oidc-tenant',
      { issuers: [issuer, 'https://second.example'], clientIds, audience, maximumAgeSeconds },
      tools,
    ),
};

const oidcAccess: Candidate = {
  ...auth0Access,
  name: 'oidc-tenant',
  build: ({ issuer, audience, jwksUri }, tools, clientIds) => {
    const parts = ['email', 'email_verified', 'name', 'picture'];
    const claims = Object.fromEntries(parts.map((part) => [part, `https://example.com/${part}`]));
    const issuers = [issuer, 'https://second.example'];
    return new OidcStrategy('oidc-tenant', { issuers, clientIds, audience, jwksUri, claims }, tools);
  },
};

const apple: Candidate = {
  ...google,
  name: 'apple',
  build: ({ issuer, jwksUri }, tools, clientIds, maximumAgeSeconds) =>
    new AppleStrategy({ clientIds, issuers: [issuer, 'https://second.example'], jwksUri, maximumAgeSeconds }, tools),
};

const facebook: Candidate = {
  name: 'facebook',
  start: demo('google'),
  verifiesAddresses: false,
  kind: 'id_token',
  lifetime: 3_600,
  build: ({ issuer, jwksUri }, tools, [app = '']) =>
    new FacebookStrategy(
      { app, appSecret: 'not-needed-for-id-tokens', issuers: [issuer, 'https://second.example'], jwksUri },
      tools,
    ),
  issue: google.issue,
};

const microsoft: Candidate<MicrosoftTenant> = {
  name: 'microsoft',
  start: async () => {
    const issuer = await MicrosoftTenant.start();
    return { issuer, stop: () => issuer.stop() };
  },
  // Each tenant is an issuer of its own, and `iss` has to be the one of `tid`.
  hasSpellings: false,
  datedBack: 300,
  verifiesAddresses: false,
  kind: 'id_token',
  lifetime: 3_900,
  build: ({ authority: issuer }, tools, clientIds, maximumAgeSeconds) =>
    new MicrosoftStrategy({ clientIds, issuer, maximumAgeSeconds }, tools),
  issue: (issuer, person, claims) => Promise.resolve(issuer.issue(person, claims)),
};

function contract<Issuer extends ContractIssuer>(title: string, candidate: Candidate<Issuer>): void {
  describe(`the contract of a provider, by the ${title}`, () => {
    const { hasSpellings = true, datedBack = 0, verifiesAddresses = true } = candidate;
    let issuer: Issuer;
    let stop: () => Promise<void>;
    let clock: MovedClock;
    let tools: StrategyTools;

    beforeAll(async () => {
      Logger.overrideLogger(false);
      ({ issuer, stop } = await candidate.start());
    });
    afterAll(() => stop());
    beforeEach(() => {
      issuer.resetFaults();
      clock = new MovedClock();
      const stores = new KeyStores(clock);
      tools = { clock, keyStore: (address) => stores.for(candidate.name, address) };
    });

    const strategy = (maximumAgeSeconds?: number): SocialAuthStrategy =>
      candidate.build(issuer, tools, [issuer.clientId, 'our-other-client'], maximumAgeSeconds);
    const verify = (token: string, kind: CredentialKind | 'auth_token' = candidate.kind): Promise<VerifiedCredential> =>
      strategy().verify({ kind, token });
    const refused = (token: string): Promise<string> => codeOf(() => verify(token));

    it.each([candidate.kind, 'auth_token'] as const)('verifies a genuine one that is posted as %s', async (kind) => {
      const credential = await verify(await candidate.issue(issuer, 'ada'), kind);
      const { subject, email, name } = issuer.person('ada');
      expect(credential).toMatchObject({ kind: candidate.kind, clientId: issuer.clientId });
      expect(credential.identity).toMatchObject({
        provider: candidate.name,
        issuer: issuer.issuer,
        subject,
        email,
        name,
      });
      expect(credential.identity.emailVerified).toBe(verifiesAddresses);
      expect(credential.expiresAt.getTime() - credential.issuedAt.getTime()).toBe(candidate.lifetime * 1_000);
    });

    if (hasSpellings) {
      it('M1 stores the first spelling of the issuer, whichever the token carries', async () => {
        const token = await candidate.issue(issuer, 'ada', { iss: 'https://second.example' });
        expect((await verify(token)).identity.issuer).toBe(issuer.issuer);
      });
    }

    it('M3 takes an address that is not verified, and none at all, for what they are', async () => {
      const ben = await verify(await candidate.issue(issuer, 'ben'));
      expect(ben.identity).toMatchObject({ email: issuer.person('ben').email, emailVerified: false });
      const cleo = await verify(await candidate.issue(issuer, 'cleo'));
      expect(cleo.identity).toMatchObject({ email: undefined, emailVerified: false });
    });

    it.each([30, -30])('U8 works with a clock that is off by %d seconds', async (seconds) => {
      const token = await candidate.issue(issuer, 'ada');
      clock.shift(seconds);
      expect((await verify(token)).identity.name).toBe('Ada Winter');
    });

    it('U8 fails closed with a clock that is ten minutes slow, and says which clocks to compare', async () => {
      const token = await candidate.issue(issuer, 'ada');
      clock.shift(-600 - datedBack);
      const { code, reason } = await refusalOf(() => verify(token));
      expect({ code, reason }).toEqual({
        code: 'provider_token_not_yet_valid',
        reason: expect.stringMatching(/^iat lies (599|600|601) s ahead: compare this server's clock/) as string,
      });
    });

    it('U8 V14 fails closed with a clock that is so fast that the token has expired', async () => {
      const token = await candidate.issue(issuer, 'ada');
      clock.shift(candidate.lifetime + 600);
      expect(await refused(token)).toBe('provider_token_expired');
    });

    it('asks for the keys once for many tokens, and for none where the claims are wrong', async () => {
      const wrong = await candidate.issue(issuer, 'ada', { aud: 'somebody-else' });
      expect(await codeOf(() => verify(wrong, 'auth_token'))).toBe('provider_token_wrong_audience');
      expect(issuer.hits('jwks')).toBe(0);
      for (let round = 0; round < 20; round += 1) await verify(await candidate.issue(issuer, 'ada'));
      expect(issuer.hits('jwks')).toBe(1);
    });

    it('calls an outage of the keys an outage', async () => {
      issuer.fault('jwks', '500');
      expect(await refused(await candidate.issue(issuer, 'ada'))).toBe('provider_unavailable');
    });

    it('L1 refuses a broken signature without a word of the token in its reason or message', async () => {
      const token = await candidate.issue(issuer, 'ada');
      const broken = `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.alloc(256, 1).toString('base64url')}`;
      const error = await refusalOf(() => verify(broken));
      const told = JSON.stringify([error.message, error.reason, error.getResponse(), String(error.cause)]);
      for (const part of [...broken.split('.'), 'Ada', issuer.person('ada').subject]) expect(told).not.toContain(part);
    });

    it('needs a client id to begin with', () => {
      expect(() => candidate.build(issuer, tools, [])).toThrow(ProviderSettingsError);
    });
  });
}

contract('ID tokens of Google', google);
contract('ID tokens of Auth0', auth0);
contract('access tokens of Auth0', auth0Access);
contract('ID tokens of an OpenID Connect issuer', oidc);
contract('access tokens of an OpenID Connect issuer', oidcAccess);
contract('ID tokens of Apple', apple);
contract('ID tokens of Facebook', facebook);
contract('ID tokens of Microsoft', microsoft);

function maximumAge<Issuer extends ContractIssuer>(title: string, candidate: Candidate<Issuer>): void {
  it(`is a setting for ${title}: an older one is refused although it has not expired`, async () => {
    Logger.overrideLogger(false);
    const { issuer, stop } = await candidate.start();
    const clock = new MovedClock();
    const stores = new KeyStores(clock);
    const tools = { clock, keyStore: (address: string) => stores.for('x', address) };
    const strategy = candidate.build(issuer, tools, [issuer.clientId], 300 + (candidate.datedBack ?? 0));
    const posted = { kind: 'id_token', token: await candidate.issue(issuer, 'ada') } as const;
    clock.pass(355);
    expect((await strategy.verify(posted)).identity.name).toBe('Ada Winter');
    clock.pass(10);
    expect(await codeOf(() => strategy.verify(posted))).toBe('provider_token_too_old');
    await stop();
  });
}

describe('V21 the maximum age of an ID token', () => {
  maximumAge('Google', google);
  maximumAge('Auth0', auth0);
  maximumAge('an OpenID Connect issuer', oidc);
  maximumAge('Apple', apple);
  maximumAge('Microsoft', microsoft);
});

describe('what Auth0 alone has', () => {
  it('is refused at the start when the API is a client, for the kinds could not be told apart', () => {
    const tools = { clock: new MovedClock(), keyStore: () => undefined as never };
    const settings = { domain: 'tenant.example', clientIds: ['web'], audience: 'web' };
    expect(() => new Auth0Strategy(settings, tools)).toThrow(ProviderSettingsError);
  });

  it('is scopes, permissions and a profile below the namespace, in its access tokens', async () => {
    const idp = await DemoIdentityProvider.start();
    const clock = new MovedClock();
    const stores = new KeyStores(clock);
    const tools = { clock, keyStore: (address: string) => stores.for('auth0', address) };
    const { auth0: issuer } = idp;
    const token = await auth0Access.issue(issuer, 'ada', { email: 'eve@example.com', permissions: ['read:notes'] });
    const posted = { kind: 'access_token', token } as const;
    const credential = await auth0.build(issuer, tools, [issuer.clientId]).verify(posted);
    expect(credential.identity.email).toBe('ada.winter@example.org');
    expect(credential.permissions).toEqual(['read:notes']);
    expect(credential.scopes).toContain('openid');
    const { jwksUri, audience } = issuer;
    const bare = {
      domain: 'tenant.example',
      clientIds: [issuer.clientId],
      audience,
      issuers: [issuer.issuer],
      jwksUri,
    };
    const { identity } = await new Auth0Strategy(bare, tools).verify(posted);
    expect(identity).toEqual({
      provider: 'auth0',
      issuer: issuer.issuer,
      subject: issuer.person('ada').subject,
      emailVerified: false,
      emailAuthoritative: false,
    });
    const idTokensAlone = new Auth0Strategy({ ...bare, audience: undefined }, tools);
    expect(await codeOf(() => idTokensAlone.verify(posted))).toBe('provider_token_wrong_audience');
    await idp.stop();
  });
});
