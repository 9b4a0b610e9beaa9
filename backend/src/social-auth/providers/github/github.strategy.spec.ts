import { FAULT_KINDS } from '../../../../dev/demo-identity-provider';
import { GithubTwin, OCTOCAT_ADDRESS, type GithubTokenOptions } from '../../../../test/support/github-twin';
import { MovedClock } from '../../../../test/support/moved-clock';
import { patienceFor } from '../../../../test/support/patience';
import { codeOf, refusalOf } from '../../../../test/support/refusal-of';
import type { PostedCredential, VerifiedCredential } from '../../verification/verified-credential';
import { ProviderSettingsError } from '../provider-definition';
import { GithubStrategy } from './github.strategy';
import type { GithubSettings } from './github.settings';

let twin: GithubTwin;
let clock: MovedClock;
let strategy: GithubStrategy;

const build = (changes: Partial<GithubSettings> = {}): GithubStrategy => {
  const { clientId: client, clientSecret, url } = twin;
  return new GithubStrategy({ client, clientSecret, issuer: url, apiUri: `${url}/api/v3`, ...changes }, { clock });
};

beforeAll(async () => {
  twin = await GithubTwin.start();
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
const verdict = (options: GithubTokenOptions): Promise<string> => refusal(twin.issue(options));
const secondsAgo = (seconds: number): Date => new Date(clock.now() - seconds * 1_000);

describe('an access token of GitHub', () => {
  it.each([
    ['access_token', 'gho_'],
    ['auth_token', 'gho_'],
    ['access_token', 'ghu_'],
    ['auth_token', 'ghu_'],
  ] as const)('is proven by the token check when posted as %s: %s', async (kind, prefix) => {
    const createdAt = secondsAgo(60);
    const credential = await verify(twin.issue({ createdAt }, prefix), kind);
    expect(credential).toEqual({
      identity: {
        provider: 'github',
        issuer: twin.url,
        subject: '583231',
        email: OCTOCAT_ADDRESS,
        emailVerified: true,
        name: 'octocat',
        picture: 'https://avatars.githubusercontent.com/u/583231?v=4',
      },
      kind: 'access_token',
      clientId: twin.clientId,
      issuedAt: createdAt,
      expiresAt: new Date(createdAt.getTime() + 86_400_000),
      scopes: ['user:email'],
    });
    expect(twin.requests.map(({ path }) => path)).toEqual([
      `/api/v3/applications/${twin.clientId}/token`,
      '/api/v3/user/emails',
    ]);
  });

  it('proves nothing until it is one of our application', async () => {
    expect(await verdict({ clientId: 'somebody-else' })).toBe('provider_token_invalid');
    expect(await verdict({ check: { app: { client_id: 'somebody-else' } } })).toBe('provider_token_wrong_audience');
    expect(await verdict({ check: { app: {} } })).toBe('provider_token_wrong_audience');
    expect(twin.hits('/user/emails')).toBe(0);
  });

  it('is refused when GitHub does not know it, or not any more', async () => {
    expect(await refusal('gho_unknown0unknown0unknown')).toBe('provider_token_invalid');
    const token = twin.issue();
    await verify(token);
    twin.revoke(token);
    expect(await refusal(token)).toBe('provider_token_invalid');
  });

  it('goes into no address, and neither does the secret', async () => {
    const token = twin.issue();
    await verify(token);
    for (const { path, query } of twin.requests) {
      expect(`${path}?${query.toString()}`).not.toContain(token);
      expect(`${path}?${query.toString()}`).not.toContain(twin.clientSecret);
    }
  });

  it.each<[string, object]>([
    ['a bot', { type: 'Bot' }],
    ['an organisation', { type: 'Organization' }],
    ['nobody in particular', { type: undefined }],
    ['a person without a number', { id: undefined }],
    ['a person whose number is a text', { id: '583231' }],
    ['a person whose number is too large', { id: 2 ** 60 }],
    ['a person whose number is no whole one', { id: 1.5 }],
    ['a person of number 0', { id: 0 }],
  ])('is refused when it is that of %s', async (_name, user) => {
    expect(await verdict({ user })).toBe('provider_token_invalid');
  });

  it('is refused when it is that of an installation', async () => {
    expect(await verdict({ check: { user: null } })).toBe('provider_token_invalid');
  });

  it('M1 is the same person under another name', async () => {
    const { identity } = await verify(twin.issue({ user: { login: 'renamed', name: 'Mona Lisa' } }));
    expect(identity).toMatchObject({ subject: '583231', name: 'Mona Lisa' });
  });
});

describe('the times of an access token of GitHub', () => {
  it('M9 V21 end a day after its issue, although GitHub has no end for it', async () => {
    expect(await verdict({ createdAt: secondsAgo(86_400 + 61) })).toBe('provider_token_too_old');
    expect(await verdict({ createdAt: secondsAgo(400 * 86_400) })).toBe('provider_token_too_old');
    expect((await verify(twin.issue({ createdAt: secondsAgo(86_300) }))).identity.subject).toBe('583231');
  });

  it('end sooner where a setting says so, and never later', async () => {
    strategy = build({ maximumAgeSeconds: 300 });
    expect(await verdict({ createdAt: secondsAgo(400) })).toBe('provider_token_too_old');
    strategy = build({ maximumAgeSeconds: 1_000_000 });
    expect(await verdict({ createdAt: secondsAgo(90_000) })).toBe('provider_token_too_old');
  });

  it('end when GitHub says so', async () => {
    const times = { createdAt: secondsAgo(7_200), expiresAt: secondsAgo(100) };
    expect(await verdict(times)).toBe('provider_token_expired');
    const { expiresAt } = await verify(twin.issue({ ...times, expiresAt: secondsAgo(-600) }));
    expect(expiresAt).toEqual(secondsAgo(-600));
  });

  it('U8 do not begin in the future', async () => {
    expect(await verdict({ createdAt: secondsAgo(-600) })).toBe('provider_token_not_yet_valid');
    expect((await verify(twin.issue({ createdAt: secondsAgo(-30) }))).identity.subject).toBe('583231');
  });

  it.each([undefined, null, 'soon', 7, ''])('are an outage when created_at is %j', async (created_at) => {
    expect(await verdict({ check: { created_at } })).toBe('provider_unavailable');
  });
});

describe('the address of a person of GitHub', () => {
  const addressOf = async (options: GithubTokenOptions): Promise<unknown> => {
    const { email, emailVerified, emailAuthoritative } = (await verify(twin.issue(options))).identity;
    return { email, emailVerified, emailAuthoritative };
  };
  const none = { email: undefined, emailVerified: false, emailAuthoritative: undefined };

  it('is the primary one, and never authoritative', async () => {
    expect(await addressOf({ scopes: ['user'] })).toEqual({ ...none, email: OCTOCAT_ADDRESS, emailVerified: true });
  });

  it.each([[[]], [['read:user', 'repo']], [['user:follow']], [[7]]])(
    'is not asked for without its scope: %j',
    async (scopes) => {
      expect(await addressOf({ scopes: scopes as string[] })).toEqual(none);
      expect(twin.hits('/user/emails')).toBe(0);
    },
  );

  it('M3 is verified by a boolean alone', async () => {
    for (const verified of [false, 'true', 1, null, undefined]) {
      const addresses = [{ email: 'a@example.com', primary: true, verified }];
      expect(await addressOf({ addresses })).toEqual({ ...none, email: 'a@example.com' });
    }
  });

  it('is none where none is primary', async () => {
    const addresses = [null, 7, 'a@example.com', { email: 'a@example.com', primary: 'true', verified: true }];
    expect(await addressOf({ addresses })).toEqual(none);
    expect(await addressOf({ addresses: [] })).toEqual(none);
  });

  it('M7 is refused with a control character', async () => {
    const addresses = [{ email: 'a@example.com\u0000', primary: true, verified: true }];
    expect(await verdict({ addresses })).toBe('provider_token_invalid');
  });

  it('is refused with the token, where that was revoked in between', async () => {
    twin.fault('/user/emails', { status: 401, body: { message: 'Bad credentials' } });
    expect(await verdict({})).toBe('provider_token_invalid');
  });
});

describe('what is no access token of a person at GitHub', () => {
  it.each([
    ['ghp_0123456789abcdef', 'access_token', 'a personal access token'],
    ['github_pat_0123456789', 'auth_token', 'a personal access token'],
    ['ghs_0123456789abcdef', 'access_token', 'a token of an installation'],
    ['ghr_0123456789abcdef', 'auth_token', 'a refresh token'],
    ['eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'access_token', 'a JWT'],
    ['eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'id_token', 'a JWT'],
    ['eyJhbGciOiJSUzI1NiJ9.e30', 'auth_token', 'a JWT'],
  ] as const)('is named, and nobody is asked: %s as %s', async (token, kind, what) => {
    const error = await refusalOf(() => verify(token, kind));
    expect([error.code, error.reason]).toEqual([
      'provider_token_wrong_kind',
      `${what} is not an access token of a person`,
    ]);
    expect(twin.requests).toEqual([]);
  });

  it('is an access token that is posted as ID token', async () => {
    expect(await refusal(twin.issue(), 'id_token')).toBe('provider_token_wrong_kind');
    expect(await refusal('anything', 'id_token')).toBe('provider_token_wrong_kind');
    expect(twin.requests).toEqual([]);
  });

  it.each([
    ['no prefix', '0123456789abcdef0123456789abcdef01234567'],
    ['the prefix of another provider', 'ya29.a0'],
    ['the prefix alone', 'gho_'],
    ['a blank', 'gho_a b'],
    ['a line break, which would end the header', 'gho_a\r\nX-Evil: 1'],
    ['a NUL', 'gho_\0'],
    ['another alphabet', 'gho_é'],
    ['too many characters', `gho_${'a'.repeat(2_048)}`],
  ])('is what has %s: nobody is asked', async (_name, token) => {
    expect(await refusal(token)).toBe('provider_token_invalid');
    expect(twin.requests).toEqual([]);
  });
});

describe.each(['/token', '/user/emails'])('U5 the endpoint %s of GitHub', (route) => {
  // Of the check of a token a 404 is the verdict; a list without keys is one without addresses.
  const faults = FAULT_KINDS.filter((fault) => !(route === '/token' && fault === '404'));
  const notForLists = ['array'];

  it.each(faults.filter((fault) => route === '/token' || !notForLists.includes(fault)))(
    'under the fault %s is an outage, never a bad token, and recovers',
    async (fault) => {
      const token = twin.issue();
      twin.fault(route, fault);
      const started = performance.now();
      expect(await refusal(token)).toBe('provider_unavailable');
      expect(performance.now() - started).toBeLessThan(patienceFor(3_000));
      expect(twin.hits('/redirected')).toBe(0);
      twin.fault(route, undefined);
      expect((await verify(token)).identity.subject).toBe('583231');
    },
  );

  it.each([301, 302, 307, 400, 402, 403, 405, 408, 410, 418, 429, 451, 502, 504])(
    'answering %d is an outage',
    async (status) => {
      twin.fault(route, { status, body: { message: 'API rate limit exceeded' } });
      expect(await verdict({})).toBe('provider_unavailable');
    },
  );

  it('answering 200 with something else is an outage', async () => {
    for (const body of [{}, { message: 'somewhere in between' }, null, 'ok', 7]) {
      twin.fault(route, { status: 200, body });
      expect({ body, code: await verdict({}) }).toEqual({ body, code: 'provider_unavailable' });
    }
  });
});

describe('the token check of GitHub', () => {
  it.each([404, 422])('answering %d has refused the token', async (status) => {
    twin.fault('/token', { status, body: { message: 'Not Found' } });
    expect(await verdict({})).toBe('provider_token_invalid');
  });

  it('is an outage, and no refusal, where our own secret is wrong', async () => {
    strategy = build({ clientSecret: 'another-secret-than-the-right-one' });
    expect(await verdict({})).toBe('provider_unavailable');
  });

  it('L1 is told of without the token and the secret', async () => {
    const token = twin.issue();
    for (const fault of ['404', '500', 'reset', 'malformed'] as const) {
      twin.fault('/token', fault);
      const error = await refusalOf(() => verify(token));
      const told = JSON.stringify([error.message, error.reason, error.getResponse(), error.stack, String(error.cause)]);
      for (const secret of [token, twin.clientSecret, Buffer.from(twin.clientSecret).toString('base64').slice(0, -4)]) {
        expect(told).not.toContain(secret);
      }
    }
  });
});

describe('the strategy of GitHub', () => {
  it.each<Partial<GithubSettings>>([
    { client: '' },
    { client: undefined },
    { clientSecret: '' },
    { clientSecret: undefined },
    { clientSecret: 'two\r\nlines' },
  ])('needs an application and its secret: %j', (changes) => {
    expect(() => build(changes)).toThrow(ProviderSettingsError);
  });
});
