import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountsService,
  type Principal,
  type SignInResult,
  type VerifiedCredential,
  type VerifiedIdentity,
} from '../../../src/social-auth';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { startHostApp, type HostApp } from '../../support/host-app';
import { persistently } from '../../support/persistently';

const CLIENT = { address: '192.0.2.7', userAgent: 'spec', requestId: 'r1' };
const ENDED = { code: 'invalid_token' };

let idp: DemoIdentityProvider;
let host: HostApp;
const created: string[] = [];

const credential = (
  provider: string,
  subject: string,
  changes: Partial<VerifiedIdentity> = {},
): VerifiedCredential => ({
  identity: {
    ...{ provider, issuer: `https://${provider}.example`, subject },
    ...{ email: 'ada@example.com', emailVerified: true, emailAuthoritative: true },
    ...changes,
  },
  kind: 'id_token',
  clientId: 'client',
  issuedAt: new Date(),
  expiresAt: new Date(Date.now() + 60_000),
});

const accounts = (): AccountsService => host.app.get(AccountsService);
const signIn = (...of: Parameters<typeof credential>): Promise<SignInResult> =>
  accounts().signIn(credential(...of), CLIENT);

/** Whose request it is that comes with the token of a sign-in. */
const principalOf = ({ account, issued }: SignInResult): Principal => ({
  account,
  token: {
    id: issued.id,
    kind: 'sign_in',
    provider: account.provider,
    scopes: undefined,
    createdAt: new Date(),
    expiresAt: issued.expiresAt,
    authenticatedAt: new Date(),
    isSuperseded: false,
  },
});

async function ticketOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.then(
    () => undefined,
    (reason: { getResponse(): { link_ticket?: string } }) => reason,
  );
  const ticket = error?.getResponse().link_ticket;
  if (ticket === undefined) throw new Error('there is no ticket');
  return ticket;
}

const count = async (table: string): Promise<number> => {
  const [row] = await host.dataSource.query<{ n: number }[]>(`select count(*)::int as n from social_auth_${table}`);
  return row?.n ?? -1;
};

const somebodyWaits = (): Promise<void> =>
  eventually(async () => {
    const blocked = await host.dataSource.query<object[]>(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    expect(blocked).toHaveLength(1);
  });

describeOnPostgres('the identities of an account', (server) => {
  let drop: () => Promise<void>;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    const temporary = await server().createDatabase();
    ({ drop } = temporary);
    host = await startHostApp({
      adapter: 'express',
      database: temporary.url,
      idp,
      options: {
        accounts: { linking: { google: 'link-verified' }, linkSameSubject: true },
        onAccountCreated: ({ id }) => Promise.resolve(void created.push(id)),
      },
    });
  }, 60_000);
  beforeEach(async () => {
    created.splice(0);
    await host.dataSource.query('truncate social_auth_account cascade');
  });
  afterAll(async () => {
    await host.stop();
    await drop();
    await idp.stop();
  });

  it('are neither linked nor unlinked by a token that has ended since the guard let it in', async () => {
    const ada = await signIn('google', '1');
    await accounts().linkIdentity(principalOf(ada), credential('other', '1'), CLIENT);
    const ticket = await ticketOf(signIn('auth0', '1'));
    const thief = principalOf(ada);
    await accounts().revokeAllTokens(ada.account.id);
    await expect(accounts().linkIdentity(thief, credential('evil', '1'), CLIENT)).rejects.toMatchObject(ENDED);
    await expect(accounts().redeemLinkTicket(thief, ticket, CLIENT)).rejects.toMatchObject(ENDED);
    const [identity] = await accounts().identitiesOf(ada.account.id);
    await expect(accounts().unlinkIdentity(thief, identity?.id ?? '', CLIENT)).rejects.toMatchObject(ENDED);
    expect(await accounts().identitiesOf(ada.account.id)).toHaveLength(2);
    // Nor was the ticket used up.
    await accounts().redeemLinkTicket(principalOf(await signIn('google', '1')), ticket, CLIENT);
    expect(await count('identity')).toBe(3);
  });

  it('belong to nobody where the id is none of an account, and so do tokens', async () => {
    for (const id of ['junk', '', '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001']) {
      expect(await accounts().identitiesOf(id)).toEqual([]);
      await expect(accounts().revokeAllTokens(id)).resolves.toBeUndefined();
      await expect(accounts().revokeToken(id, id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('are told to the hook of new accounts only if there is one', async () => {
    const ada = await signIn('auth0', '1');
    const linked = await signIn('google', '1');
    expect([linked.account.id, linked.isNewAccount]).toEqual([ada.account.id, false]);
    expect(created).toEqual([ada.account.id]);
  });

  it('keep what a ticket brought, as the sign-in that was refused had said it', async () => {
    const ada = await signIn('google', '1');
    const ticket = await ticketOf(
      signIn('auth0', '1', { name: 'Ada W.', picture: 'https://example.com/a.png', hostedDomain: 'example.com' }),
    );
    await accounts().redeemLinkTicket(principalOf(ada), ticket, CLIENT);
    const identities = await accounts().identitiesOf(ada.account.id);
    expect(identities.at(-1)).toMatchObject({
      ...{ provider: 'auth0', issuer: 'https://auth0.example', subject: '1', isPrimary: false },
      ...{ email: 'ada@example.com', emailVerified: true, emailAuthoritative: true, hostedDomain: 'example.com' },
      ...{ name: 'Ada W.', picture: 'https://example.com/a.png', lastUsedAt: expect.any(Date) as Date },
    });
    expect(await count('link_ticket')).toBe(0);
  });

  it('let 25 returning sign-ins at once in, one after the other', async () => {
    const { account } = await signIn('google', '1');
    const results = await Promise.all(
      Array.from({ length: 25 }, (_, time) => persistently(() => signIn('google', '1', { name: `Ada ${time % 3}` }))),
    );
    expect(new Set(results.map((result) => result.account.id))).toEqual(new Set([account.id]));
    expect([await count('account'), await count('token')]).toEqual([1, 26]);
    const [last] = await host.dataSource.query<object[]>(`
      select a.name = i.name as same, i.last_used_at = max(t.created_at) as marked
        from social_auth_account a join social_auth_identity i on i.account_id = a.id
        join social_auth_token t on t.account_id = a.id group by a.id, i.id`);
    expect(last).toEqual({ same: true, marked: true });
  });

  it('link nobody to an account that loses the address while the sign-in waits for it', async () => {
    const owner = await signIn('auth0', '1');
    const operator = host.dataSource.createQueryRunner();
    await operator.startTransaction();
    await operator.query('update social_auth_account set email = null, email_verified = false');
    const waiting = signIn('google', '1');
    await somebodyWaits();
    await operator.commitTransaction();
    await operator.release();
    const { account, isNewAccount } = await waiting;
    expect([isNewAccount, account.emailVerified, account.id === owner.account.id]).toEqual([true, true, false]);
  });

  it('M9 let nobody in by a token from before the deletion that names the same subject elsewhere', async () => {
    const issuers = { google: idp.google.issuer, auth0: idp.auth0.issuer };
    const nobody = { email: undefined, emailVerified: false };
    const copied = credential('auth0', 'google-oauth2|88', { ...nobody, issuer: issuers.auth0 });
    const owner = await signIn('google', '88', { ...nobody, issuer: issuers.google });
    const other = await signIn('google', '1');
    await accounts().deleteAccount(owner.account.id);
    const refusal = { code: 'provider_token_too_old' };
    await expect(accounts().signIn(copied, CLIENT)).rejects.toMatchObject(refusal);
    await expect(accounts().linkIdentity(principalOf(other), copied, CLIENT)).rejects.toMatchObject(refusal);
    const later = { ...copied, issuedAt: new Date(Date.now() + 1_000) };
    expect((await accounts().signIn(later, CLIENT)).isNewAccount).toBe(true);
  });

  it('link nobody to an account from which the known identity of that subject is taken meanwhile', async () => {
    const issuers = { google: idp.google.issuer, auth0: idp.auth0.issuer };
    const at = { issuer: issuers.google, email: undefined, emailVerified: false };
    const owner = await signIn('google', '77', at);
    const operator = host.dataSource.createQueryRunner();
    await operator.startTransaction();
    await operator.query('select from social_auth_account for no key update');
    const waiting = signIn('auth0', 'google-oauth2|77', { ...at, issuer: issuers.auth0 });
    await somebodyWaits();
    await operator.query('delete from social_auth_identity');
    await operator.commitTransaction();
    await operator.release();
    const { account, isNewAccount } = await waiting;
    expect([isNewAccount, account.id === owner.account.id]).toEqual([true, false]);
  });
});
