import { Logger } from '@nestjs/common';
import { FAULT_KINDS } from '../../../../dev/demo-identity-provider';
import { FACEBOOK_PERSON, FacebookTwin, type FacebookTokenOptions } from '../../../../test/support/facebook-twin';
import { MovedClock } from '../../../../test/support/moved-clock';
import { patienceFor } from '../../../../test/support/patience';
import { codeOf, refusalOf } from '../../../../test/support/refusal-of';
import { KeyStores } from '../../verification/key-stores';
import type { PostedCredential, VerifiedCredential } from '../../verification/verified-credential';
import { ProviderSettingsError } from '../provider-definition';
import type { FacebookSettings } from './facebook.settings';
import { FacebookStrategy } from './facebook.strategy';

let twin: FacebookTwin;
let clock: MovedClock;
let strategy: FacebookStrategy;

const build = (changes: Partial<FacebookSettings> = {}): FacebookStrategy => {
  const { appId: app, appSecret, url } = twin;
  const jwksUri = `${url}/.well-known/oauth/openid/jwks/`;
  const stores = new KeyStores(clock);
  return new FacebookStrategy(
    { app, appSecret, issuers: [url, 'https://second.example'], jwksUri, graphUri: url, ...changes },
    { clock, keyStore: (address) => stores.for('facebook', address) },
  );
};

beforeAll(async () => {
  Logger.overrideLogger(false);
  twin = await FacebookTwin.start();
});
afterAll(() => twin.stop());
beforeEach(() => {
  twin.reset();
  clock = new MovedClock();
  strategy = build();
});

const verify = (token: string, kind: PostedCredential['kind'] = 'access_token'): Promise<VerifiedCredential> =>
  strategy.verify({ kind, token });
const refusal = (token: string, kind?: PostedCredential['kind']): Promise<string> => codeOf(() => verify(token, kind));
const verdict = (options: FacebookTokenOptions): Promise<string> => refusal(twin.issue(options));
const verdictOn = (data: object): Promise<string> => verdict({ data });
const now = (): number => clock.now() / 1_000;

describe('an access token of Facebook', () => {
  it.each(['access_token', 'auth_token'] as const)('is proven by debug_token when posted as %s', async (kind) => {
    const issued_at = now() - 60;
    const expires_at = now() + 5_000_000;
    const credential = await verify(twin.issue({ data: { issued_at, expires_at } }), kind);
    expect(credential).toEqual({
      identity: {
        provider: 'facebook',
        issuer: twin.url,
        subject: FACEBOOK_PERSON.id,
        email: FACEBOOK_PERSON.email,
        emailVerified: false,
        name: FACEBOOK_PERSON.name,
        picture: 'https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=1',
      },
      kind: 'access_token',
      clientId: twin.appId,
      issuedAt: new Date(issued_at * 1_000),
      expiresAt: new Date((issued_at + 86_400) * 1_000),
      scopes: ['email', 'public_profile'],
    });
    expect(twin.requests.map(({ path }) => path)).toEqual(['/debug_token', '/me']);
  });

  it('proves nothing until it is one of our app', async () => {
    expect(await verdict({ appId: '999' })).toBe('provider_token_wrong_audience');
    for (const app_id of ['999', undefined, null, 138483919580948, [twin.appId], `${twin.appId} `]) {
      expect({ app_id, code: await verdictOn({ app_id }) }).toEqual({ app_id, code: 'provider_token_wrong_audience' });
    }
    expect(twin.hits('/me')).toBe(0);
  });

  it.each(['PAGE', 'APP', 'SYSTEM_USER', 'user', undefined, null])('is named where its type is %p', async (type) => {
    expect(await verdictOn({ type })).toBe('provider_token_wrong_kind');
    expect(twin.hits('/me')).toBe(0);
  });

  it('is refused when Facebook says that it is not valid, whatever else it says', async () => {
    expect(await refusal('EAAunknown')).toBe('provider_token_invalid');
    expect(await verdictOn({ is_valid: false })).toBe('provider_token_invalid');
    const error = { code: 190, subcode: 463, message: 'Session has expired' };
    expect(await verdictOn({ is_valid: false, error })).toBe('provider_token_expired');
    for (const is_valid of ['true', 1, null, undefined]) {
      expect({ is_valid, code: await verdictOn({ is_valid }) }).toEqual({ is_valid, code: 'provider_unavailable' });
    }
  });

  it.each([undefined, null, '', 7, ['1'], 'x'.repeat(256), '1\u0000'])(
    'V15 is refused when its person is %p',
    async (user_id) => {
      expect(await verdictOn({ user_id })).toBe('provider_token_invalid');
      expect(twin.hits('/me')).toBe(0);
    },
  );

  it('is refused when the profile is that of another person', async () => {
    for (const id of ['1', '', 7, null]) {
      expect({ id, code: await verdict({ profile: { id } }) }).toEqual({ id, code: 'provider_token_invalid' });
    }
  });

  it('shows with every call that it is the app that asks, and puts the secret into no address', async () => {
    const token = twin.issue();
    await verify(token);
    const [debug, me] = twin.requests;
    expect(debug?.headers.authorization).toBe(`Bearer ${twin.appId}|${twin.appSecret}`);
    expect(me?.query.get('appsecret_proof')).toMatch(/^[0-9a-f]{64}$/);
    expect(me?.query.toString()).not.toContain(token);
    for (const { query } of twin.requests) expect(query.toString()).not.toContain(twin.appSecret);
  });

  it('M3 has no verified address, whatever the profile says', async () => {
    const { identity } = await verify(twin.issue({ profile: { email_verified: true, verified: true } }));
    expect(identity).toMatchObject({ email: FACEBOOK_PERSON.email, emailVerified: false });
    expect(identity.emailAuthoritative).toBeUndefined();
    const without = await verify(twin.issue({ profile: { email: undefined, picture: undefined } }));
    expect(without.identity).toMatchObject({ email: undefined, picture: undefined });
  });

  it.each(['javascript:alert(1)', 'http://169.254.169.254/', 7, null])('M11 has no picture at %p', async (url) => {
    const { identity } = await verify(twin.issue({ profile: { picture: { data: { url } } } }));
    expect(identity.picture).toBeUndefined();
  });
});

describe('the times of an access token of Facebook', () => {
  it('M9 V21 end a day after its issue, however long Facebook takes it', async () => {
    expect(await verdictOn({ issued_at: now() - 86_400 - 61 })).toBe('provider_token_too_old');
    expect((await verify(twin.issue({ data: { issued_at: now() - 86_300 } }))).kind).toBe('access_token');
  });

  it('end sooner where a setting says so, and never later', async () => {
    strategy = build({ maximumAgeSeconds: 300 });
    expect(await verdictOn({ issued_at: now() - 400 })).toBe('provider_token_too_old');
    strategy = build({ maximumAgeSeconds: 1_000_000 });
    expect(await verdictOn({ issued_at: now() - 90_000 })).toBe('provider_token_too_old');
  });

  it('end when Facebook says so', async () => {
    expect(await verdictOn({ issued_at: now() - 7_200, expires_at: now() - 100 })).toBe('provider_token_expired');
  });

  it('U8 do not begin in the future', async () => {
    expect(await verdictOn({ issued_at: now() + 600 })).toBe('provider_token_not_yet_valid');
  });

  it('begin at the earliest where a short token does not tell', async () => {
    const expires_at = now() + 3_600;
    const { issuedAt, expiresAt } = await verify(twin.issue({ data: { issued_at: undefined, expires_at } }));
    expect(issuedAt).toEqual(new Date((expires_at - 7_200) * 1_000));
    expect(expiresAt).toEqual(new Date(expires_at * 1_000));
  });

  it('begin at the earliest where a long token does not tell either', async () => {
    const fresh = { issued_at: undefined, expires_at: now() + 60 * 86_400 - 10 };
    expect((await verify(twin.issue({ data: fresh }))).issuedAt).toEqual(new Date((now() - 10) * 1_000));
    const older = { issued_at: undefined, expires_at: now() + 50 * 86_400 };
    expect(await verdictOn(older)).toBe('provider_token_too_old');
  });

  it('need an issue where there is no end', async () => {
    const endless = { expires_at: 0, issued_at: now() - 10 };
    const { expiresAt } = await verify(twin.issue({ data: endless }));
    expect(expiresAt).toEqual(new Date((now() - 10 + 86_400) * 1_000));
    expect(await verdictOn({ expires_at: 0, issued_at: undefined })).toBe('provider_token_invalid');
    expect(await verdictOn({ expires_at: undefined })).toBe('provider_token_invalid');
  });

  it.each(['soon', '1795305600', null, -1, 1.5, 1e300, [1]])('are no moment: %p', async (value) => {
    expect(await verdictOn({ expires_at: value })).toBe('provider_token_invalid');
    expect(await verdictOn({ issued_at: value })).toBe('provider_token_invalid');
  });
});

describe('an ID token of Limited Login', () => {
  it.each(['id_token', 'auth_token'] as const)('is proven by its signature when posted as %s', async (kind) => {
    const token = twin.idToken({ nonce: 'the-nonce', jti: 'the-id', email_verified: true });
    expect(await verify(token, kind)).toMatchObject({
      identity: {
        provider: 'facebook',
        issuer: twin.url,
        subject: FACEBOOK_PERSON.id,
        email: FACEBOOK_PERSON.email,
        emailVerified: false,
        name: FACEBOOK_PERSON.name,
      },
      kind: 'id_token',
      clientId: twin.appId,
      platform: 'ios',
      nonce: 'the-nonce',
      tokenId: 'the-id',
    });
    expect(twin.requests.map(({ path }) => path)).toEqual(['/.well-known/oauth/openid/jwks/']);
  });

  it('M1 is the same person as an access token, under the first spelling of the issuer', async () => {
    const byId = await verify(twin.idToken({ iss: 'https://second.example' }), 'id_token');
    const byAccess = await verify(twin.issue());
    const keyOf = ({ identity }: VerifiedCredential): object => [identity.issuer, identity.subject];
    expect(keyOf(byId)).toEqual(keyOf(byAccess));
  });

  it.each<[string, object, string]>([
    ['another issuer', { iss: 'https://limited.facebook.com' }, 'provider_token_wrong_issuer'],
    ['another app', { aud: '999' }, 'provider_token_wrong_audience'],
    ['our app and another one', { aud: ['138483919580948', '999'] }, 'provider_token_wrong_audience'],
    ['another party', { azp: '999' }, 'provider_token_wrong_audience'],
    ['no subject', { sub: undefined }, 'provider_token_invalid'],
    ['times of 1970', { iat: 1, exp: 3_601 }, 'provider_token_expired'],
    ['a lifetime of a day', { exp: 9_999_999_999 }, 'provider_token_invalid'],
  ])('is refused with %s, before the keys are asked for', async (_name, claims, code) => {
    expect(await refusal(twin.idToken(claims), 'id_token')).toBe(code);
    expect(twin.requests).toEqual([]);
  });

  it('is refused with a broken signature, without a word of it', async () => {
    const token = twin.idToken();
    const broken = `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.alloc(256, 1).toString('base64url')}`;
    const error = await refusalOf(() => verify(broken, 'id_token'));
    expect(error.code).toBe('provider_token_invalid');
    const told = JSON.stringify([error.message, error.reason, error.getResponse(), String(error.cause)]);
    for (const part of broken.split('.')) expect(told).not.toContain(part);
  });

  it('is an outage while the keys cannot be had', async () => {
    twin.fault('/jwks/', '500');
    expect(await refusal(twin.idToken(), 'id_token')).toBe('provider_unavailable');
  });
});

describe('the kinds of Facebook', () => {
  it('are named where they are confused, and nobody is asked', async () => {
    for (const token of [twin.idToken(), twin.idToken().split('.').slice(0, 2).join('.')]) {
      expect(await refusal(token, 'access_token')).toBe('provider_token_wrong_kind');
    }
    expect(await refusal(twin.issue(), 'id_token')).toBe('provider_token_wrong_kind');
    expect(twin.requests).toEqual([]);
  });

  it.each([
    ['a blank', 'EAA a'],
    ['a line break, which would end the header', 'EAAa\r\nX-Evil: 1'],
    ['another parameter', 'EAAa&access_token=1'],
    ['the token of an app', '138483919580948|0123456789abcdef'],
    ['another alphabet', 'EAAé'],
    ['too many characters', `EAA${'a'.repeat(2_048)}`],
  ])('are none of what has %s: nobody is asked', async (_name, token) => {
    expect(await refusal(token)).toBe('provider_token_invalid');
    expect(twin.requests).toEqual([]);
  });
});

describe.each(['/debug_token', '/me'])('U5 the endpoint %s of Facebook', (route) => {
  it.each(FAULT_KINDS)('under the fault %s is an outage, never a bad token, and recovers', async (fault) => {
    const token = twin.issue();
    twin.fault(route, fault);
    const started = performance.now();
    expect(await refusal(token)).toBe('provider_unavailable');
    expect(performance.now() - started).toBeLessThan(patienceFor(3_000));
    expect(twin.hits('/redirected')).toBe(0);
    twin.fault(route, undefined);
    expect((await verify(token)).identity.name).toBe(FACEBOOK_PERSON.name);
  });

  it.each([400, 402, 403, 405, 408, 418, 429, 451, 502, 504])('answering %d is an outage', async (status) => {
    for (const body of [{ error: { code: 4, message: 'Application request limit reached' } }, {}, null, 'x']) {
      twin.fault(route, { status, body });
      expect({ body, code: await verdict({}) }).toEqual({ body, code: 'provider_unavailable' });
    }
  });

  it.each([1, 2, 4, 17, 32, 613, '100', '190', null])('answering the error %p is an outage', async (code) => {
    twin.fault(route, { status: 400, body: { error: { code, type: 'OAuthException' } } });
    expect(await verdict({})).toBe('provider_unavailable');
  });

  it('answering 200 with something else is an outage', async () => {
    for (const body of [{}, { data: [] }, { data: null }, { error: { code: 190 } }, [], null, 'ok']) {
      twin.fault(route, { status: 200, body });
      expect({ body, code: await verdict({}) }).toEqual({ body, code: 'provider_unavailable' });
    }
  });
});

describe('an error of the Graph API', () => {
  it('of debug_token speaks of our own credentials, and so is an outage', async () => {
    strategy = build({ appSecret: 'another-secret-than-the-right-one' });
    expect(await verdict({})).toBe('provider_unavailable');
  });

  it('of the profile speaks of the token, where that was revoked in between', async () => {
    for (const status of [400, 401]) {
      twin.fault('/me', { status, body: { error: { code: 190, type: 'OAuthException' } } });
      expect(await verdict({})).toBe('provider_token_invalid');
    }
  });

  it('L1 is told of without the token and the secret', async () => {
    const token = twin.issue();
    for (const route of ['/debug_token', '/me']) {
      for (const fault of ['404', '500', 'reset', 'malformed'] as const) {
        twin.fault(route, fault);
        const { message, reason, stack, cause, ...error } = await refusalOf(() => verify(token));
        const told = JSON.stringify([message, reason, stack, String(cause), error]);
        for (const secret of [token, twin.appSecret]) expect(told).not.toContain(secret);
      }
      twin.fault(route, undefined);
    }
  });
});

describe('the strategy of Facebook', () => {
  it.each<Partial<FacebookSettings>>([
    { app: '' },
    { app: undefined },
    { appSecret: '' },
    { appSecret: undefined },
    { appSecret: 'two\r\nlines' },
  ])('needs an app and its secret: %j', (changes) => {
    expect(() => build(changes)).toThrow(ProviderSettingsError);
  });
});
