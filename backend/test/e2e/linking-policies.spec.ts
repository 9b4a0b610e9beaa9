import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import type { Environment } from '../../src/app/settings/environment';
import { conflictOf, LinkingPerson } from '../support/linking-person';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

const ADDRESS = 'victim@example.com';
/** At Google an address of an organisation, for which Google speaks; the tenant speaks for all that it has verified. */
const HOSTED = { email: ADDRESS, email_verified: true, hd: 'example.com' };
const VERIFIED = { email: ADDRESS, email_verified: true };
const UNVERIFIED = { email: ADDRESS, email_verified: false };

let idp: DemoIdentityProvider;
let server: TestApp;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());

/** A server of one's own for a group of tests. */
function withSettings(settings: Environment): void {
  beforeAll(async () => {
    server = await startTestApp({ settings, idp });
  }, 60_000);
  afterAll(() => server?.stop());
  beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));
}

const enter = (issuer: IssuerName, claims: object, person = 'ada'): Promise<LinkingPerson> =>
  LinkingPerson.of(server, issuer, person, claims);

async function refusalOf(issuer: IssuerName, claims: object, person = 'ada'): Promise<[number, string]> {
  const { status, body } = await server.postIdToken(issuer, person, { claims });
  return [status, body.code];
}

/** How many accounts hold the address as verified: never more than one. */
async function holders(): Promise<number> {
  const [row] = await server.dataSource.query<{ n: number }[]>(
    `select count(*)::int as n from social_auth_account where lower(email) = $1 and email_verified`,
    [ADDRESS],
  );
  return row?.n ?? -1;
}

const directions: [IssuerName, IssuerName][] = [
  ['google', 'auth0'],
  ['auth0', 'google'],
];

describe.each(['separate', 'refuse', 'link-verified'])('under the policy %s of both providers', (policy) => {
  withSettings({ ACCOUNT_LINKING: `google:${policy},auth0:${policy}` });

  it.each(directions)(
    'M5 an attacker at %s who has not verified it waits in vain for the victim at %s',
    async (a, b) => {
      const attacker = await enter(a, { ...UNVERIFIED, hd: 'example.com' });
      const log = await attacker.events();
      const victim = await enter(b, HOSTED, 'sam');
      expect(victim.account.id).not.toBe(attacker.account.id);
      expect([victim.isNew, victim.account.email_verified]).toEqual([true, true]);
      expect(await attacker.identities()).toHaveLength(1);
      // Nor is the attacker told that the victim has come.
      expect(await attacker.events()).toEqual(log);
      expect(await holders()).toBe(1);
    },
  );

  it.each(directions)(
    'M5 an attacker at %s who has not verified it is not let in to the account from %s',
    async (a, b) => {
      const victim = await enter(b, HOSTED, 'sam');
      const attacker = await enter(a, { ...UNVERIFIED, hd: 'example.com' });
      expect(attacker.account.id).not.toBe(victim.account.id);
      expect([attacker.isNew, attacker.account.email_verified]).toEqual([true, false]);
      expect(await victim.identities()).toHaveLength(1);
    },
  );

  it.each<IssuerName>(['google', 'auth0'])(
    'M6 a recycled address at %s is refused in words of its own',
    async (issuer) => {
      const former = await enter(issuer, { ...HOSTED, sub: '1' });
      const conflict = await conflictOf(server, issuer, 'ada', { ...HOSTED, sub: '2' });
      expect(conflict).toMatchObject({
        code: 'email_in_use',
        detail: expect.stringContaining('ask the operator of this service to release the address') as string,
      });
      expect(conflict).not.toHaveProperty('link_ticket');
      expect(await former.identities()).toHaveLength(1);
    },
  );
});

describe('under the policy separate', () => {
  withSettings({ ACCOUNT_LINKING: 'auth0:separate' });

  it('a second person with the address has an account of their own, which does not hold it', async () => {
    const first = await enter('google', HOSTED, 'sam');
    const second = await enter('auth0', VERIFIED);
    expect(second.account.id).not.toBe(first.account.id);
    expect(second.account).toMatchObject({ email: ADDRESS, email_verified: false });
    expect(await second.identityAt('auth0')).toMatchObject({ email: ADDRESS, email_verified: true });
    const again = await enter('auth0', VERIFIED);
    expect([again.account, again.isNew]).toEqual([second.account, false]);
    expect(await holders()).toBe(1);
  });

  it('that account comes to hold it once the other one has let it go', async () => {
    await enter('google', HOSTED, 'sam');
    await enter('auth0', VERIFIED);
    await server.dataSource.query(
      `update social_auth_account set email = null, email_verified = false where provider = 'google'`,
    );
    expect((await enter('auth0', VERIFIED)).account).toMatchObject({ email: ADDRESS, email_verified: true });
  });

  it('counts for the provider that comes, not for the one that is there', async () => {
    await enter('auth0', VERIFIED);
    expect((await conflictOf(server, 'google', 'sam', HOSTED)).detail).toMatch(/^Sign in with Auth0/);
  });
});

describe('under the policy link-verified', () => {
  withSettings({ ACCOUNT_LINKING: 'google:link-verified,auth0:link-verified' });

  it.each(directions)(
    'M4 somebody of %s comes to the same account from %s, where both speak for the address',
    async (a, b) => {
      const first = await enter(a, HOSTED, 'sam');
      const second = await enter(b, HOSTED);
      expect([second.account.id, second.isNew]).toEqual([first.account.id, false]);
      const { id } = await second.identityAt(b);
      expect(await second.events()).toContainEqual(['identity_linked', { identity: id, how: 'verified_email' }]);
      const again = await enter(b, HOSTED);
      expect(again.account.id).toBe(first.account.id);
      expect(await again.identities()).toHaveLength(2);
    },
  );

  it.each(directions)('M4 from %s to %s it takes more than a verified address', async (a, b) => {
    await enter(a, VERIFIED, 'sam');
    const conflict = await conflictOf(server, b, 'ada', VERIFIED);
    expect(conflict).toHaveProperty('link_ticket');
  });

  it.each(['true', 1, [true], { value: true }, 'yes', null])('M3 %p is no verification', async (email_verified) => {
    const victim = await enter('google', HOSTED, 'sam');
    const other = await enter('auth0', { email: ADDRESS, email_verified });
    expect(other.account.id).not.toBe(victim.account.id);
    expect(other.account.email_verified).toBe(false);
  });

  it('M9 nobody comes to a disabled account', async () => {
    await enter('google', HOSTED, 'sam');
    await server.dataSource.query('update social_auth_account set disabled_at = now()');
    expect(await refusalOf('auth0', HOSTED)).toEqual([409, 'email_in_use']);
  });

  it('M6 nobody comes to an account that was at the provider before under another subject', async () => {
    const first = await enter('google', HOSTED, 'sam');
    await enter('auth0', { ...VERIFIED, sub: 'auth0|former' });
    await enter('auth0', { email: 'elsewhere@example.com', email_verified: true, sub: 'auth0|former' });
    expect(await refusalOf('auth0', { ...VERIFIED, sub: 'auth0|new' })).toEqual([409, 'email_in_use']);
    expect(await first.identities()).toHaveLength(2);
  });
});

describe('one person by the subject', () => {
  const different = { email: 'other@example.org', email_verified: true };

  describe('where that is wanted', () => {
    withSettings({ LINK_SAME_SUBJECT: 'true' });

    it.each(directions)('comes from %s to the same account as from %s, whatever the addresses', async (a, b) => {
      const first = await enter(a, {}, 'sam');
      const second = await enter(b, different, 'sam');
      expect([second.account.id, second.isNew]).toEqual([first.account.id, false]);
      const { id } = await second.identityAt(b);
      expect(await second.events()).toContainEqual(['identity_linked', { identity: id, how: 'same_subject' }]);
    });

    it('M9 is refused where the account is disabled', async () => {
      await enter('google', {}, 'sam');
      await server.dataSource.query('update social_auth_account set disabled_at = now()');
      expect(await refusalOf('auth0', different, 'sam')).toEqual([403, 'account_disabled']);
    });

    it.each(['auth0|112046731895204467738', 'google-apps|112046731895204467738', 'google-oauth2|1'])(
      'is not recognised in %s',
      async (sub) => {
        const first = await enter('google', {}, 'sam');
        const second = await enter('auth0', { ...different, sub }, 'sam');
        expect(second.account.id).not.toBe(first.account.id);
      },
    );
  });

  describe('where it is not wanted', () => {
    withSettings({});

    it.each(directions)('is not recognised from %s to %s', async (a, b) => {
      const first = await enter(a, {}, 'sam');
      const second = await enter(b, different, 'sam');
      expect(second.account.id).not.toBe(first.account.id);
    });
  });
});

describe('where new people are not wanted', () => {
  withSettings({ SIGN_UP: 'false' });

  it.each<IssuerName>(['google', 'auth0'])('a new person of %s is refused, and nothing is kept', async (issuer) => {
    expect(await refusalOf(issuer, {})).toEqual([403, 'sign_up_disabled']);
    expect(await server.dataSource.query('select 1 from social_auth_account')).toEqual([]);
  });

  it('known people sign in, and may link further identities', async () => {
    await server.dataSource.query(
      `insert into social_auth_account (id, email, email_verified, provider)
       values ('019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', 'ada.winter@example.com', true, 'google')`,
    );
    await server.dataSource.query(
      `insert into social_auth_identity (id, account_id, provider, issuer, subject, email, email_verified, is_primary)
       values ('019a9f3e-7c1d-7b52-9a63-0c2f5a4be002', '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', 'google', $1, $2,
               'ada.winter@example.com', true, true)`,
      [idp.google.issuer, idp.google.person('ada').subject],
    );
    const ada = await enter('google', {});
    expect(ada.isNew).toBe(false);
    expect((await ada.link('auth0', 'ada')).status).toBe(200);
    expect((await enter('auth0', {})).account.id).toBe(ada.account.id);
  });
});

describe('the lists of who may sign in', () => {
  withSettings({ ALLOWED_HOSTED_DOMAINS: 'acme.example', ALLOWED_EMAIL_DOMAINS: 'example.org' });

  it('admit an organisation or a verified address', async () => {
    expect((await enter('google', {}, 'wanda')).isNew).toBe(true);
    expect((await enter('auth0', {}, 'ada')).isNew).toBe(true);
  });

  it.each<[IssuerName, string, object]>([
    ['google', 'ada', {}],
    ['google', 'cleo', {}],
    ['auth0', 'ben', {}],
    ['auth0', 'ada', { email: 'ada@example.org.evil.example' }],
    ['google', 'wanda', { hd: undefined }],
    ['google', 'wanda', { hd: ['acme.example'] }],
  ])('refuse others: %s %s %j', async (issuer, person, claims) => {
    expect(await refusalOf(issuer, claims, person)).toEqual([403, 'sign_in_not_allowed']);
    expect(await server.dataSource.query('select 1 from social_auth_account')).toEqual([]);
  });

  it('refuse people who are known, at every sign-in, and their tokens bring them no other way in', async () => {
    const wanda = await enter('google', {}, 'wanda');
    expect(await refusalOf('google', { hd: 'left.example' }, 'wanda')).toEqual([403, 'sign_in_not_allowed']);
    const link = await wanda.link('auth0', 'sam');
    expect([link.status, link.body.code]).toEqual([403, 'sign_in_not_allowed']);
  });
});
