import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, FAULT_KINDS, type DemoIssuer } from '../../../../dev/demo-identity-provider';
import { MovedClock } from '../../../../test/support/moved-clock';
import { patienceFor } from '../../../../test/support/patience';
import { codeOf } from '../../../../test/support/refusal-of';
import { KeyStores } from '../../verification/key-stores';
import type { CredentialKind, VerifiedCredential } from '../../verification/verified-credential';
import { GoogleStrategy } from './google.strategy';

let idp: DemoIdentityProvider;
let issuer: DemoIssuer;
let clock: MovedClock;
let strategy: GoogleStrategy;

beforeAll(async () => {
  Logger.overrideLogger(false);
  idp = await DemoIdentityProvider.start();
  issuer = idp.google;
});
afterAll(() => idp.stop());
beforeEach(() => {
  issuer.resetFaults();
  clock = new MovedClock();
  const stores = new KeyStores(clock);
  const { clientId, mobileClientId, jwksUri, tokeninfoUri, userinfoUri } = issuer;
  strategy = new GoogleStrategy(
    { clientIds: [clientId, mobileClientId], issuers: [issuer.issuer], jwksUri, tokeninfoUri, userinfoUri },
    { clock, keyStore: (address) => stores.for('google', address) },
  );
});

const verify = (token: string, kind: CredentialKind | 'auth_token' = 'access_token'): Promise<VerifiedCredential> =>
  strategy.verify({ kind, token });
const refusal = (token: string, kind?: CredentialKind | 'auth_token'): Promise<string> =>
  codeOf(() => verify(token, kind));
const accessToken = async (person = 'ada', options = {}): Promise<string> =>
  (await issuer.issue(person, options)).accessToken;

/** Answers an endpoint with what it says usually, and changes laid over it. */
function answerWith(endpoint: 'tokeninfo' | 'userinfo', usual: object, changes: object): void {
  issuer.fault(endpoint, (_request, response) => response.end(JSON.stringify({ ...usual, ...changes })));
}

describe('an access token of Google', () => {
  it.each(['access_token', 'auth_token'] as const)(
    'is proven by tokeninfo and userinfo when posted as %s',
    async (kind) => {
      const credential = await verify(await accessToken(), kind);
      expect(credential).toMatchObject({
        kind: 'access_token',
        clientId: issuer.clientId,
        identity: {
          provider: 'google',
          issuer: issuer.issuer,
          subject: issuer.person('ada').subject,
          email: 'ada.winter@example.com',
          emailVerified: true,
          name: 'Ada Winter',
        },
      });
      expect(credential.scopes).toContain('openid');
      expect(credential.expiresAt.getTime() - credential.issuedAt.getTime()).toBe(3_600_000);
      expect([issuer.hits('tokeninfo'), issuer.hits('userinfo'), issuer.hits('jwks')]).toEqual([1, 1, 0]);
    },
  );

  it('proves nothing until its audience is one of ours', async () => {
    expect(await refusal(await accessToken('ada', { clientId: issuer.foreignClientId }))).toBe(
      'provider_token_wrong_audience',
    );
    expect(issuer.hits('userinfo')).toBe(0);
    const mobile = await verify(await accessToken('ada', { clientId: issuer.mobileClientId }));
    expect(mobile.clientId).toBe(issuer.mobileClientId);
  });

  it('is the client’s that asked for it, where tokeninfo names another one of ours', async () => {
    const { clientId, mobileClientId } = issuer;
    const { subject } = issuer.person('ada');
    const usual = { aud: clientId, sub: subject, exp: String(clock.now() / 1_000 + 60), scope: 'openid' };
    for (const [azp, expected] of [
      [mobileClientId, mobileClientId],
      [undefined, clientId],
      ['somebody-else', clientId],
      [[mobileClientId], clientId],
    ]) {
      const token = await accessToken();
      answerWith('tokeninfo', usual, { azp });
      expect({ azp, clientId: (await verify(token)).clientId }).toEqual({ azp, clientId: expected });
    }
  });

  it('needs the scope openid', async () => {
    const usual = { aud: issuer.clientId, sub: '1', exp: String(clock.now() / 1_000 + 60), scope: 'openid email' };
    for (const scope of ['email profile', '', 'openid2', 'OPENID', undefined, ['openid'], null]) {
      answerWith('tokeninfo', usual, { scope });
      expect({ scope, code: await refusal('ya29.any') }).toEqual({ scope, code: 'provider_token_invalid' });
    }
  });

  it.each([
    ['another client', { aud: 'other' }, 'provider_token_wrong_audience'],
    ['a list of clients', { aud: ['demo-web.apps.google.example'] }, 'provider_token_wrong_audience'],
    ['nothing for a client', { aud: null }, 'provider_token_wrong_audience'],
    ['no subject', { sub: undefined }, 'provider_token_invalid'],
    ['a subject that is a number', { sub: 7 }, 'provider_token_invalid'],
    ['no expiry', { exp: undefined }, 'provider_token_invalid'],
    ['an expiry that is no number', { exp: 'soon' }, 'provider_token_invalid'],
    ['an expiry that has passed', { exp: '1000000000' }, 'provider_token_expired'],
  ])('is refused when tokeninfo names %s', async (_name, changes, code) => {
    const usual = { aud: issuer.clientId, sub: '1', exp: String(clock.now() / 1_000 + 60), scope: 'openid' };
    answerWith('tokeninfo', usual, changes);
    expect(await refusal('ya29.any')).toBe(code);
    expect(issuer.hits('userinfo')).toBe(0);
  });

  it('is refused when userinfo speaks of another subject, or of one that is not sound', async () => {
    const token = await accessToken();
    for (const sub of [issuer.person('ben').subject, '', null, 7]) {
      answerWith('userinfo', { email: 'ada.winter@example.com', email_verified: true }, { sub });
      expect({ sub, code: await refusal(token) }).toEqual({ sub, code: 'provider_token_invalid' });
    }
  });

  it('M3 has a verified address by the boolean of userinfo alone', async () => {
    const token = await accessToken();
    const { subject } = issuer.person('ada');
    answerWith('userinfo', { sub: subject, email: 'ada@example.com' }, { email_verified: 'true' });
    expect((await verify(token)).identity.emailVerified).toBe(false);
  });

  it('is refused once it has expired, by this clock', async () => {
    const token = await accessToken();
    clock.pass(3_600);
    expect(await refusal(token)).toBe('provider_token_expired');
  });

  it('is refused when Google does not know it', async () => {
    expect(await refusal('ya29.a0unknown')).toBe('provider_token_invalid');
    expect(await refusal('unknown', 'auth_token')).toBe('provider_token_invalid');
  });

  it('is refused as an ID token without asking anybody', async () => {
    expect(await refusal(await accessToken(), 'id_token')).toBe('provider_token_wrong_kind');
    expect(issuer.hits('tokeninfo')).toBe(0);
  });
});

describe('what is no access token of Google', () => {
  it('is an ID token, whole or damaged: it never leaves this server', async () => {
    const { idToken } = await issuer.issue('ada');
    const [header, payload, signature] = idToken.split('.');
    const damaged = [idToken, `${header}.${payload}`, `${idToken}.${signature}`, `${idToken}.`, ` ${idToken}`];
    for (const token of damaged) {
      expect(await refusal(token, 'access_token')).toBe('provider_token_wrong_kind');
      if (token !== idToken) expect(await refusal(token, 'auth_token')).toBe('provider_token_invalid');
    }
    expect(issuer.hits('tokeninfo')).toBe(0);
  });

  it.each([
    ['a blank', 'ya29.a b'],
    ['a line break, which would end the header', 'ya29.a\r\nX-Evil: 1'],
    ['a NUL', 'ya29.\0'],
    ['another alphabet', 'ya29.é'],
    ['JSON', '{"payload":"e30"}'],
    ['quotes', '"ya29"'],
    ['a comma, which would make it two', 'ya29.a,Bearer ya29.b'],
    ['too many characters', `ya29.${'a'.repeat(2_048)}`],
  ])('is what has %s: nobody is asked', async (_name, token) => {
    expect(await refusal(token)).toBe('provider_token_invalid');
    expect(issuer.hits('tokeninfo')).toBe(0);
  });
});

describe('U5 an answer that says nothing about a token', () => {
  it.each(['tokeninfo', 'userinfo'] as const)('of %s is an outage, never a bad token', async (endpoint) => {
    const token = await accessToken();
    for (const body of ['{}', '{"error":"somewhere in between"}', '[]', 'null', '"ok"', '']) {
      issuer.fault(endpoint, (_request, response) => response.end(body));
      expect({ body, code: await refusal(token) }).toEqual({ body, code: 'provider_unavailable' });
    }
  });
});

describe.each(['tokeninfo', 'userinfo'] as const)('U5 the endpoint %s', (endpoint) => {
  it.each(FAULT_KINDS)('under the fault %s is an outage, never a bad token, and recovers', async (fault) => {
    const token = await accessToken();
    issuer.fault(endpoint, fault);
    const started = performance.now();
    expect(await refusal(token)).toBe('provider_unavailable');
    expect(performance.now() - started).toBeLessThan(patienceFor(3_000));
    expect(issuer.hits('redirected')).toBe(0);
    issuer.fault(endpoint, undefined);
    expect((await verify(token)).identity.name).toBe('Ada Winter');
  });

  it.each([402, 403, 404, 405, 408, 410, 418, 429, 451, 502, 504])('answering %d is an outage', async (status) => {
    const token = await accessToken();
    issuer.fault(endpoint, (_request, response) => response.writeHead(status).end('{"error":"invalid_token"}'));
    expect(await refusal(token)).toBe('provider_unavailable');
  });

  it.each([400, 401])('answering %d has refused the token', async (status) => {
    const token = await accessToken();
    issuer.fault(endpoint, (_request, response) => response.writeHead(status).end('{"error":"invalid_token"}'));
    expect(await refusal(token)).toBe('provider_token_invalid');
  });
});
