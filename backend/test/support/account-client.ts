import type { ApiAnswer } from './api-client';
import type { IssuerName, TestApp } from './test-app';

/** A session as answers show it. */
export interface SessionBody {
  id: string;
  kind: 'sign_in' | 'personal';
  name: string | null;
  provider: string;
  platform: string | null;
  scopes: string[] | null;
  client_address: string | null;
  user_agent: string | null;
  created_at: string;
  last_used_at: string | null;
  expires_at: string;
  current: boolean;
}

/** An event as its owner sees it. */
export interface EventBody {
  id: string;
  type: string;
  at: string;
  provider: string | null;
  client_address: string | null;
  user_agent: string | null;
  token_id: string | null;
  details: Record<string, unknown> | null;
  by_administrator: boolean;
}

/** The answer to the making of a personal token. */
export interface PersonalTokenBody {
  id: string;
  name: string;
  token: string;
  token_type: string;
  scopes: string[];
  expires_at: string;
  expires_in: number;
}

/** What a person does with a token at a server under test. */
export class AccountClient {
  constructor(
    private readonly server: TestApp,
    readonly token: string,
  ) {}

  /** Signs a person in. */
  static async of(server: TestApp, person = 'ada', issuer: IssuerName = 'google'): Promise<AccountClient> {
    return new AccountClient(server, (await server.signIn(issuer, person)).token);
  }

  get(path: string): Promise<ApiAnswer> {
    return this.server.api(path, { token: this.token });
  }

  post(path: string, json?: unknown): Promise<ApiAnswer> {
    return this.server.api(path, { method: 'POST', token: this.token, json });
  }

  delete(path: string): Promise<ApiAnswer> {
    return this.server.api(path, { method: 'DELETE', token: this.token });
  }

  /** The status and the code of asking for the account. */
  async state(): Promise<[number, string | undefined]> {
    const { status, body } = await this.get('/accounts/me');
    return [status, body.code];
  }

  async sessions(): Promise<SessionBody[]> {
    return (await this.succeeded(this.get('/auth/sessions'), 200)).sessions as SessionBody[];
  }

  async currentSession(): Promise<SessionBody> {
    const current = (await this.sessions()).filter(({ current }) => current);
    if (current.length !== 1) throw new Error(`${current.length} sessions are the current one`);
    return current[0]!;
  }

  /** Newest first. */
  async events(query = ''): Promise<EventBody[]> {
    return (await this.succeeded(this.get(`/accounts/me/events${query}`), 200)).events as EventBody[];
  }

  async makePersonalToken(wish: object = {}): Promise<PersonalTokenBody> {
    const json = { name: 'Backup', scopes: ['account:read'], ...wish };
    return (await this.succeeded(this.post('/auth/tokens', json), 201)) as unknown as PersonalTokenBody;
  }

  /** The same person with the successor of the token. */
  async rotate(): Promise<AccountClient> {
    const { token } = await this.succeeded(this.post('/auth/token/rotate'), 200);
    return new AccountClient(this.server, String(token));
  }

  private async succeeded(asking: Promise<ApiAnswer>, expected: number): Promise<Record<string, unknown>> {
    const { status, text, body } = await asking;
    if (status !== expected) throw new Error(`The answer was ${status}: ${text}`);
    return body as unknown as Record<string, unknown>;
  }
}
