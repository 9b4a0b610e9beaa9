import { randomUUID } from 'node:crypto';
import { Controller, Get, type Type } from '@nestjs/common';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountsService,
  Clock,
  OptionalAuth,
  RequireFreshSignIn,
  RequireScopes,
  SocialAuthDatabase,
  type HmacKey,
  type IssuedToken,
  type SocialAuthOptions,
  type TokenOptions,
  type VerifiedCredential,
} from '../../../src/social-auth';
import { LastUse } from '../../../src/social-auth/tokens/last-use';
import { FeedReader } from '../../../src/social-auth/revocation/feed-reader';
import { Freshness } from '../../../src/social-auth/revocation/freshness';
import { eventually } from '../../support/eventually';
import { callApi, type ApiAnswer, type ApiRequest } from '../../support/api-client';
import { startHostApp, type HostApp } from '../../support/host-app';
import { createTestDatabase } from '../../support/test-database';

/** Where the requests of these tests come from. */
export const CLIENT = { address: '192.0.2.7', userAgent: 'spec', requestId: 'r1' };

/** The key under which tokens are kept unless a test brings its own. */
export const KEY: HmacKey = { id: 'spec', key: Buffer.alloc(32, 7) };

/** What a token of a person must be able to reach, or must not. */
@Controller('reach')
class ReachController {
  @Get('anything')
  anything(): object {
    return {};
  }

  @Get('optional')
  @OptionalAuth()
  optional(): object {
    return {};
  }

  @Get('notes')
  @RequireScopes('notes:read')
  notes(): object {
    return {};
  }

  @Get('fresh')
  @RequireFreshSignIn()
  fresh(): object {
    return {};
  }
}

/** A row of the token table, as far as these tests look at it. */
export interface TokenRow {
  id: string;
  provider: string;
  client_id: string | null;
  platform: string | null;
  identity_id: string | null;
  scopes: string[] | null;
  idle_seconds: number | null;
  expires_at: Date;
  authenticated_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  family_id: string | null;
  rotated_at: Date | null;
  successor_id: string | null;
  rotations: number;
}

/** What a row of the security log says. */
export interface EventRow {
  type: string;
  token_id: string | null;
  client_address: string | null;
  details: Record<string, unknown> | null;
}

/** The status of an answer, with the code of its refusal. */
export const outcomeOf = ({ status, body }: ApiAnswer): string =>
  status < 400 ? String(status) : `${status} ${body.code}`;

/** A host application of whose people a test needs tokens alone. */
export class TokenHost {
  private constructor(
    private readonly host: HostApp,
    private readonly owned: { stop(): Promise<void> }[] = [],
  ) {}

  /** A host with an empty database and an identity provider of its own, stopped with it. */
  static async alone(tokens: Partial<TokenOptions> = {}): Promise<TokenHost> {
    const idp = await DemoIdentityProvider.start();
    const database = await createTestDatabase();
    const { host } = await TokenHost.start(database.url, idp, tokens);
    return new TokenHost(host, [database, idp]);
  }

  static async start(
    database: string,
    idp: DemoIdentityProvider,
    tokens: Partial<TokenOptions> = {},
    options: Partial<SocialAuthOptions> = {},
    clock?: Clock,
  ): Promise<TokenHost> {
    const host = await startHostApp({
      clock,
      adapter: 'fastify',
      database,
      idp,
      controllers: [ReachController],
      // What is written behind is written when a test says so.
      options: { backgroundJobs: false, ...options, tokens: { hmacKeys: [KEY], ...tokens } },
    });
    return new TokenHost(host);
  }

  get accounts(): AccountsService {
    return this.part(AccountsService);
  }

  get database(): SocialAuthDatabase {
    return this.part(SocialAuthDatabase);
  }

  /** A piece of the module, for what no endpoint shows. */
  part<Part>(piece: Type<Part>): Part {
    return this.host.app.get(piece);
  }

  /** Signs a person in, without a provider: a new one, unless the test says who it is. */
  async signIn(person: string = randomUUID()): Promise<IssuedToken & { accountId: string }> {
    const { account, issued } = await this.accounts.signIn(
      credentialOf(person, this.host.app.get(Clock).now()),
      CLIENT,
    );
    return { ...issued, accountId: account.id };
  }

  api(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return callApi(`${this.host.url}${path}`, request);
  }

  /** What a token reaches at a handler that asks for nothing in particular. */
  async use(token: string, path = '/reach/anything'): Promise<string> {
    return outcomeOf(await this.api(path, { token }));
  }

  /** Reads the feed, as the background jobs would: of a clock that stands still, all of it up to now. */
  async readFeed(): Promise<void> {
    this.part(FeedReader).start();
    this.part(FeedReader).hasten();
    await eventually(() => expect(this.part(Freshness).ageMs()).toBe(0), 10_000, 2);
  }

  /** Writes down what was used until now. */
  async flushLastUses(): Promise<void> {
    await this.part(LastUse).flush();
  }

  rotate(token: string): Promise<ApiAnswer> {
    return this.api('/auth/token/rotate', { method: 'POST', token });
  }

  /** The token's successor; an error unless it gets one. */
  async successorOf(token: string): Promise<string> {
    const answer = await this.rotate(token);
    if (answer.status !== 200) throw new Error(`The rotation was answered ${outcomeOf(answer)}.`);
    return answer.body.token;
  }

  /** Makes a personal token. */
  async personalToken(token: string, wish: object = {}): Promise<ApiAnswer> {
    return this.api('/auth/tokens', { token, json: { name: 'spec', scopes: ['notes:read'], ...wish } });
  }

  /** The ids, or whatever else is asked for, of rows in any order. */
  query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.host.dataSource.query<Row[]>(text, values);
  }

  /** The tokens of an account in the order in which they were issued. */
  tokensOf(accountId: string): Promise<TokenRow[]> {
    return this.query<TokenRow>('select * from social_auth_token where account_id = $1 order by id', [accountId]);
  }

  /** What happened to an account, in order; of one type, if it is named. */
  eventsOf(accountId: string, type?: string): Promise<EventRow[]> {
    return this.query<EventRow>(
      `select type, token_id, client_address, details from social_auth_event
        where account_id = $1 and ($2::text is null or type = $2) order by id`,
      [accountId, type ?? null],
    );
  }

  async stop(): Promise<void> {
    await this.host.stop();
    for (const part of this.owned) await part.stop();
  }
}

/** What a provider's token says of a person. */
export function credentialOf(person: string, now = Date.now()): VerifiedCredential {
  return {
    identity: { provider: 'google', issuer: 'https://issuer.example', subject: person, emailVerified: false },
    kind: 'id_token',
    clientId: 'client',
    issuedAt: new Date(now),
    expiresAt: new Date(now + 60_000),
  };
}
