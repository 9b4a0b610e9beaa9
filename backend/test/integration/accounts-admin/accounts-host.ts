import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountsService,
  type Principal,
  type SignInResult,
  type SocialAuthOptions,
  type VerifiedCredential,
  type VerifiedIdentity,
} from '../../../src/social-auth';
import { TokenLookup } from '../../../src/social-auth/tokens/token-lookup';
import { startHostApp, type HostApp } from '../../support/host-app';
import { createTestDatabase } from '../../support/test-database';

/** Where the sign-ins of these tests come from. */
export const CLIENT = { address: '192.0.2.7', userAgent: 'spec', requestId: 'r1' };

/** An event as it is kept. */
export interface EventRow {
  type: string;
  account_id: string | null;
  actor_id: string | null;
  token_id: string | null;
  client_address: string | null;
  user_agent: string | null;
  details: Record<string, unknown> | null;
}

/** The identity of somebody whose address the provider has verified. */
export const person = (subject: string, provider = 'google'): Partial<VerifiedIdentity> => ({
  subject,
  provider,
  issuer: `https://${provider}.example`,
  email: `${subject}@example.com`,
  emailVerified: true,
});

/** A host application, and what these tests ask of it. */
export class AccountsHost {
  private constructor(
    private readonly host: HostApp,
    private readonly owned: { stop(): Promise<void> }[],
  ) {}

  /** A host with an empty database of its own, stopped with it. */
  static async alone(options: Partial<SocialAuthOptions> = {}): Promise<AccountsHost> {
    const database = await createTestDatabase();
    const { host, owned } = await AccountsHost.start(database.url, options);
    return new AccountsHost(host, [...owned, database]);
  }

  static async start(database: string, options: Partial<SocialAuthOptions> = {}): Promise<AccountsHost> {
    const idp = await DemoIdentityProvider.start();
    const host = await startHostApp({
      adapter: 'fastify',
      database,
      idp,
      options: { backgroundJobs: false, ...options },
    });
    return new AccountsHost(host, [idp]);
  }

  get accounts(): AccountsService {
    return this.host.app.get(AccountsService);
  }

  /** A service of the module that hosts cannot see. */
  get<Service>(type: abstract new (...parameters: never[]) => Service): Service {
    return this.host.app.get<Service>(type, { strict: false });
  }

  /** Signs in with a provider's token that was issued so many seconds ago. */
  signIn(identity: Partial<VerifiedIdentity>, secondsAgo = 0): Promise<SignInResult> {
    return this.accounts.signIn(this.credential(identity, secondsAgo), CLIENT);
  }

  /** What a provider's token proves that was issued so many seconds ago. */
  credential(identity: Partial<VerifiedIdentity>, secondsAgo = 0): VerifiedCredential {
    return {
      identity: {
        provider: 'google',
        issuer: 'https://google.example',
        subject: '1',
        emailVerified: false,
        ...identity,
      },
      kind: 'id_token',
      clientId: 'client',
      issuedAt: new Date(Math.floor(Date.now() / 1_000 - secondsAgo) * 1_000),
      expiresAt: new Date(Date.now() + 60_000),
    };
  }

  /** Whether the guard would accept a token. */
  async accepts({ issued }: SignInResult): Promise<boolean> {
    return (await this.get(TokenLookup).find(issued.token)) !== undefined;
  }

  /** What the guard makes of a token. */
  async principalOf({ issued }: SignInResult): Promise<Principal> {
    const principal = await this.get(TokenLookup).find(issued.token);
    if (!principal) throw new Error('the token is not accepted');
    return principal;
  }

  query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.host.dataSource.query<Row[]>(text, values);
  }

  /** Takes a lock, and yields what gives it back. */
  async hold(text: string): Promise<() => Promise<void>> {
    const runner = this.host.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(text);
    return async () => {
      await runner.commitTransaction();
      await runner.release();
    };
  }

  async count(table: string): Promise<number> {
    const [row] = await this.query<{ n: number }>(`select count(*)::int as n from social_auth_${table}`);
    return row?.n ?? -1;
  }

  /** The log, oldest first, without what every sign-in leaves. */
  events(): Promise<EventRow[]> {
    return this.query<EventRow>(`
      select * from social_auth_event where type not in ('signed_in', 'account_created') order by id`);
  }

  async empty(): Promise<void> {
    await this.query('truncate social_auth_account, social_auth_event, social_auth_tombstone cascade');
  }

  async stop(): Promise<void> {
    await this.host.stop();
    for (const part of this.owned) await part.stop();
  }
}
