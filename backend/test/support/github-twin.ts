import { randomBytes } from 'node:crypto';
import { LoopbackTwin, type TwinAnswer, type TwinRequest } from './loopback-twin';

/** An address as `GET /user/emails` lists it. */
export interface GithubAddress {
  email: string;
  primary: boolean;
  verified: boolean;
  visibility: string | null;
}

/** What a test decides about a token. */
export interface GithubTokenOptions {
  user?: object;
  scopes?: string[];
  clientId?: string;
  createdAt?: Date;
  expiresAt?: Date;
  addresses?: unknown[];
  /** Laid over the answer of the token check. */
  check?: object;
}

/** The address of the twin's person. */
export const OCTOCAT_ADDRESS = 'octocat@example.com';

const octocat = {
  login: 'octocat',
  id: 583231,
  node_id: 'MDQ6VXNlcjU4MzIzMQ==',
  avatar_url: 'https://avatars.githubusercontent.com/u/583231?v=4',
  html_url: 'https://github.com/octocat',
  type: 'User',
  site_admin: false,
};

const addresses: GithubAddress[] = [
  { email: 'second@example.com', primary: false, verified: true, visibility: null },
  { email: OCTOCAT_ADDRESS, primary: true, verified: true, visibility: 'private' },
  { email: '583231+octocat@users.noreply.github.com', primary: false, verified: true, visibility: null },
];

const notFound: TwinAnswer = { status: 404, body: { message: 'Not Found', status: '404' } };
const badCredentials: TwinAnswer = { status: 401, body: { message: 'Bad credentials', status: '401' } };

/** GitHub's REST API as far as a sign-in needs it: the check of a token, and the addresses of its person. */
export class GithubTwin extends LoopbackTwin {
  readonly clientId = 'Iv1.8a61f9b3a7aba766';
  readonly clientSecret = randomBytes(20).toString('hex');
  private readonly tokens = new Map<string, GithubTokenOptions>();

  static start(): Promise<GithubTwin> {
    return new GithubTwin().listen();
  }

  /** The environment of a server that believes the twin. */
  get environment(): Record<string, string> {
    return {
      GITHUB_CLIENT_ID: this.clientId,
      GITHUB_CLIENT_SECRET: this.clientSecret,
      GITHUB_ISSUER: this.url,
      GITHUB_API_URI: `${this.url}/api/v3`,
    };
  }

  /** An access token for a person, by default our app's for the octocat, with the scope that reads addresses. */
  issue(options: GithubTokenOptions = {}, prefix = 'gho_'): string {
    const token = `${prefix}${randomBytes(27).toString('base64').replace(/\W/g, '0')}`;
    this.tokens.set(token, options);
    return token;
  }

  /** Somebody takes the app's permission back. */
  revoke(token: string): void {
    this.tokens.delete(token);
  }

  protected override answer(request: TwinRequest): TwinAnswer {
    if (request.headers['user-agent'] === undefined) return { status: 403, body: { message: 'User-Agent required' } };
    if (request.path === `/api/v3/applications/${this.clientId}/token` && request.method === 'POST') {
      return this.check(request);
    }
    if (request.path === '/api/v3/user/emails' && request.method === 'GET') return this.emails(request);
    return notFound;
  }

  private check({ headers, body }: TwinRequest): TwinAnswer {
    const expected = `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`;
    if (headers.authorization !== expected) return badCredentials;
    const { access_token: token } = JSON.parse(body) as { access_token: string };
    const known = this.tokens.get(token);
    // GitHub says no more of the tokens of other applications than of unknown ones.
    if (!known || (known.clientId ?? this.clientId) !== this.clientId) return notFound;
    return {
      status: 200,
      body: {
        id: 1,
        url: 'https://api.github.com/authorizations/1',
        app: { name: 'Example', url: 'https://example.com', client_id: this.clientId },
        token,
        hashed_token: '25f94a2a5c7fbaf499c665bc73d67c1c87e496da8985131633ee0a95819db2e8',
        token_last_eight: token.slice(-8),
        note: null,
        scopes: known.scopes ?? ['user:email'],
        created_at: isoSeconds(known.createdAt ?? new Date()),
        updated_at: isoSeconds(new Date()),
        expires_at: known.expiresAt ? isoSeconds(known.expiresAt) : null,
        user: { ...octocat, ...known.user },
        ...known.check,
      },
    };
  }

  private emails({ headers }: TwinRequest): TwinAnswer {
    const known = this.tokens.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (!known) return badCredentials;
    const { scopes = ['user:email'] } = known;
    if (!scopes.includes('user') && !scopes.includes('user:email')) return notFound;
    return { status: 200, body: known.addresses ?? addresses };
  }
}

const isoSeconds = (date: Date): string => date.toISOString().replace(/\.\d+/, '');
