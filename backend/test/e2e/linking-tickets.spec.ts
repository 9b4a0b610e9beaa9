import { conflictOf, identitiesIn, issuedAgo, LinkingPerson, refusedWith } from '../support/linking-person';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

const TICKET = /^[A-Za-z0-9_-]{43}$/;

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp();
}, 60_000);
afterAll(() => server?.stop());
beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));

/** Signs Sam in with Google and refuses him with Auth0, where he has the same verified address. */
async function samWithTicket(): Promise<{ sam: LinkingPerson; ticket: string }> {
  const sam = await LinkingPerson.of(server, 'google', 'sam');
  const { link_ticket: ticket = '' } = await conflictOf(server, 'auth0', 'sam');
  return { sam, ticket };
}

describe.each<[IssuerName, IssuerName, string]>([
  ['google', 'auth0', 'Google'],
  ['auth0', 'google', 'Auth0'],
])('a link ticket, for somebody known from %s who comes from %s,', (known, other, title) => {
  it('is in the 409, and links both identities once that person has signed in as before', async () => {
    const { account } = await LinkingPerson.of(server, known, 'sam');
    const conflict = await conflictOf(server, other, 'sam');
    expect(conflict).toMatchObject({
      code: 'email_in_use',
      detail: expect.stringMatching(`^Sign in with ${title}`) as string,
      link_ticket: expect.stringMatching(TICKET) as string,
      link_ticket_expires_in: 600,
    });
    const sam = await LinkingPerson.of(server, known, 'sam');
    const linked = await sam.redeem(conflict.link_ticket);
    expect(linked.headers.get('cache-control')).toBe('no-store');
    expect(identitiesIn(linked).map(({ provider, primary }) => [provider, primary])).toEqual([
      [known, true],
      [other, false],
    ]);
    const again = await LinkingPerson.of(server, other, 'sam');
    expect([again.account.id, again.isNew]).toEqual([account.id, false]);
    expect(await sam.events()).toContainEqual([
      'identity_linked',
      { identity: (await sam.identityAt(other)).id, how: 'ticket' },
    ]);
  });
});

describe('a link ticket', () => {
  it('works once', async () => {
    const { sam, ticket } = await samWithTicket();
    expect((await sam.redeem(ticket)).status).toBe(200);
    expect(refusedWith(await sam.redeem(ticket))).toEqual([400, 'link_ticket_invalid']);
    expect(await sam.identities()).toHaveLength(2);
  });

  it('works for the account that holds the address alone, and is not used up by others', async () => {
    const { sam, ticket } = await samWithTicket();
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    expect(refusedWith(await ada.redeem(ticket))).toEqual([400, 'link_ticket_invalid']);
    expect(await ada.identities()).toHaveLength(1);
    expect((await sam.redeem(ticket)).status).toBe(200);
  });

  it('takes the place of the one before', async () => {
    const { sam, ticket: former } = await samWithTicket();
    const { link_ticket: ticket } = await conflictOf(server, 'auth0', 'sam');
    expect(refusedWith(await sam.redeem(former))).toEqual([400, 'link_ticket_invalid']);
    expect((await sam.redeem(ticket)).status).toBe(200);
  });

  it('expires', async () => {
    const { sam, ticket } = await samWithTicket();
    await server.dataSource.query('update social_auth_link_ticket set expires_at = now()');
    expect(refusedWith(await sam.redeem(ticket))).toEqual([400, 'link_ticket_invalid']);
  });

  it('is worth nothing once its account has lost the address', async () => {
    const { sam, ticket } = await samWithTicket();
    await server.dataSource.query('update social_auth_identity set email = null, email_verified = false');
    expect(refusedWith(await sam.redeem(ticket))).toEqual([403, 'email_not_verified']);
  });

  it('is worth nothing once its identity has come to another account', async () => {
    const { sam, ticket } = await samWithTicket();
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    expect((await ada.link('auth0', 'sam')).status).toBe(200);
    expect(refusedWith(await sam.redeem(ticket))).toEqual([409, 'identity_in_use']);
  });

  it.each(['x', 'A'.repeat(43), 'é'])('is not any other text: %s', async (ticket) => {
    const { sam } = await samWithTicket();
    expect(refusedWith(await sam.redeem(ticket))).toEqual([400, 'link_ticket_invalid']);
  });

  it.each([undefined, null, '', 7, {}, ['x'], 'x'.repeat(201)])(
    'is a text of 1 to 200 characters: %p',
    async (ticket) => {
      const { sam } = await samWithTicket();
      expect(refusedWith(await sam.redeem(ticket))).toEqual([400, 'invalid_request']);
    },
  );

  it('M10 comes alone in the body', async () => {
    const { sam, ticket } = await samWithTicket();
    const account_id = sam.account.id;
    expect(refusedWith(await sam.post('/auth/link', { ticket, account_id }))).toEqual([400, 'invalid_request']);
  });

  it('T3 is not kept in plain', async () => {
    const { ticket } = await samWithTicket();
    const rows = await server.dataSource.query<{ text: string }[]>(
      `select row_to_json(ticket)::text as text from social_auth_link_ticket ticket`,
    );
    expect(rows).toHaveLength(1);
    const stored = Buffer.from(ticket).toString('hex');
    expect(rows[0]?.text).not.toContain(ticket);
    expect(rows[0]?.text).not.toContain(stored);
  });

  it('wants a fresh sign-in', async () => {
    const { ticket } = await samWithTicket();
    const stale = await LinkingPerson.of(server, 'google', 'sam', issuedAgo(700));
    const answer = await stale.redeem(ticket);
    expect(refusedWith(answer)).toEqual([401, 'insufficient_user_authentication']);
    expect(answer.headers.get('www-authenticate')).toContain('max_age=600');
    const anonymous = await server.api('/auth/link', { json: { ticket } });
    expect(refusedWith(anonymous)).toEqual([401, 'authentication_required']);
  });
});

describe('there is no link ticket', () => {
  it.each([
    ['issued long ago', issuedAgo(700)],
    ['that says that the person proved who they are long ago', issuedAgo(1, 700)],
  ])('for a token %s', async (_name, claims) => {
    await LinkingPerson.of(server, 'google', 'sam');
    const conflict = await conflictOf(server, 'auth0', 'sam', claims);
    expect(conflict.code).toBe('email_in_use');
    expect(conflict).not.toHaveProperty('link_ticket');
    expect(conflict).not.toHaveProperty('link_ticket_expires_in');
  });

  it('M6 for a new subject of the same provider', async () => {
    await LinkingPerson.of(server, 'google', 'sam');
    const conflict = await conflictOf(server, 'google', 'sam', { sub: '999' });
    expect(conflict.detail).toMatch(/^Another Google account/);
    expect(conflict).not.toHaveProperty('link_ticket');
  });

  it('M9 for a disabled account', async () => {
    await LinkingPerson.of(server, 'google', 'sam');
    await server.dataSource.query('update social_auth_account set disabled_at = now()');
    const conflict = await conflictOf(server, 'auth0', 'sam');
    expect(conflict).not.toHaveProperty('link_ticket');
    expect(await server.dataSource.query('select 1 from social_auth_link_ticket')).toEqual([]);
  });
});
