import { AccountClient } from './account-client';
import type { ApiAnswer } from './api-client';
import { startTestApp, type TestApp } from './test-app';

/** An account as administrators see it. */
export interface AdminAccountBody {
  id: string;
  kind: 'person' | 'machine';
  email: string | null;
  email_verified: boolean;
  provider: string;
  roles: string[];
  created_at: string;
  disabled_at: string | null;
  identities: { id: string; provider: string; subject: string; email: string | null; primary: boolean }[];
}

/** A page of what administrators see. */
export interface AdminPage<Item> {
  accounts: Item[];
  sessions: Item[];
  events: Item[];
  next: string | null;
}

/** The subject of the person of the demo identity provider who becomes an administrator in these tests. */
const ADMINISTRATOR = '104517803296471105821';

/** A server at which Google's Ada is an administrator. */
export const startAdministeredApp = (): Promise<TestApp> =>
  startTestApp({ settings: { ADMIN_IDENTITIES: `google:${ADMINISTRATOR}` } });

/** What an administrator does at a server under test. */
export class Administrator {
  private constructor(
    private readonly server: TestApp,
    readonly id: string,
    readonly client: AccountClient,
  ) {}

  static async of(server: TestApp): Promise<Administrator> {
    const { token, account } = await server.signIn('google', 'ada');
    return new Administrator(server, account.id, new AccountClient(server, token));
  }

  /** The answer to a request below `/admin`. */
  ask(method: string, path: string, json?: unknown): Promise<ApiAnswer> {
    return this.server.api(`/admin${path}`, { method, token: this.client.token, json });
  }

  /** A page below `/admin`; an error unless there is one. */
  async read<Item = AdminAccountBody>(path: string): Promise<AdminPage<Item>> {
    const { status, text } = await this.ask('GET', path);
    if (status !== 200) throw new Error(`GET /admin${path} was answered ${status}: ${text}`);
    return JSON.parse(text) as AdminPage<Item>;
  }

  /** One account in full. */
  async account(id: string): Promise<AdminAccountBody> {
    return (await this.read(`/accounts/${id}`)) as unknown as AdminAccountBody;
  }

  /** Makes a change; an error unless it was made. */
  async change(method: string, path: string, json?: unknown): Promise<void> {
    const { status, text } = await this.ask(method, path, json);
    if (status !== 204) throw new Error(`${method} /admin${path} was answered ${status}: ${text}`);
  }
}
