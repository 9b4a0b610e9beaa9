import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { DemoIdentityProvider, type IssueOptions } from '../../dev/demo-identity-provider';
import { createApp, type AppExtras } from '../../src/app/create-app';
import { runMigrations } from '../../src/app/migrate';
import { loadSettings } from '../../src/app/settings/load-settings';
import type { ProviderDefinition } from '../../src/social-auth';
import type { Environment } from '../../src/app/settings/environment';
import { type ApiAnswer, type ApiBody, type ApiRequest, callApi } from './api-client';
import { LogCapture } from './log-capture';
import { databaseText } from './database-text';
import { SeenSecrets } from './seen-secrets';
import { createTestDatabase, type TestDatabase } from './test-database';
import { testEnvironment } from './test-environment';

/** What a test may choose of its server; everything has a default. */
export interface TestAppOptions {
  /** Variables laid over the usual ones; `undefined` removes one. */
  settings?: Environment;
  /** Whose tokens are accepted; by default one of its own, stopped with the server. */
  idp?: DemoIdentityProvider;
  /** By default a fresh one, dropped with the server. */
  database?: TestDatabase;
  /** Whether the schema is made before the server starts. Default: true. */
  migrate?: boolean;
  /** The providers that may be configured; by default those that come with the module. */
  providers?: readonly ProviderDefinition[];
  onFastify?: AppExtras['onFastify'];
}

/** The name of an issuer of the demo identity provider. */
export type IssuerName = 'google' | 'auth0';

/** A reference server that listens on the loopback address, with all that it needs. */
export class TestApp {
  /** What it has issued and accepted; none of it may be in the database when it stops. */
  readonly secrets = new SeenSecrets();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly idp: DemoIdentityProvider,
    readonly database: TestDatabase,
    /** The environment of the server. */
    readonly environment: Environment,
    readonly logs: LogCapture,
    private readonly owned: { stop(): Promise<void> }[],
  ) {}

  static async start(options: TestAppOptions = {}): Promise<TestApp> {
    const idp = options.idp ?? (await DemoIdentityProvider.start());
    const database = options.database ?? (await createTestDatabase());
    const owned = [...(options.idp ? [] : [idp]), ...(options.database ? [] : [database])];
    try {
      const environment = { ...testEnvironment(idp, database.url), ...options.settings };
      if (options.migrate !== false) await runMigrations(environment);
      const logs = new LogCapture();
      const settings = loadSettings(environment, options.providers);
      const app = await createApp(settings, { logDestination: logs, onFastify: options.onFastify });
      await app.listen(0, '127.0.0.1');
      return new TestApp(app, await app.getUrl(), idp, database, environment, logs, owned);
    } catch (error) {
      await Promise.all(owned.map((part) => part.stop()));
      throw error;
    }
  }

  /** The server's own data source. */
  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  /** Sends a request to the server. */
  async api(path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const answer = await callApi(`${this.url}${path}`, request);
    this.secrets.note(request, answer);
    return answer;
  }

  /** Posts a genuine ID token of a person. */
  async postIdToken(
    issuer: IssuerName,
    person: string,
    options?: IssueOptions,
    request?: ApiRequest,
  ): Promise<ApiAnswer> {
    const { idToken } = await this.idp[issuer].issue(person, options);
    return this.api(`/auth/${issuer}`, { json: { id_token: idToken }, ...request });
  }

  /** Signs a person in and yields the answer's body; an error unless it succeeds. */
  async signIn(issuer: IssuerName, person: string): Promise<SignInBody> {
    const { status, text, body } = await this.postIdToken(issuer, person);
    if (status !== 200) throw new Error(`The sign-in was answered ${status}: ${text}`);
    return body;
  }

  async stop(): Promise<void> {
    await this.app.close();
    try {
      // A database that the test has brought may be gone.
      if (this.owned.includes(this.database)) await this.expectNoSecretsAtRest();
    } finally {
      for (const part of this.owned) await part.stop();
    }
  }

  private async expectNoSecretsAtRest(): Promise<void> {
    const found = this.secrets.within(await databaseText(this.database.url));
    if (found.length > 0) throw new Error(`T3: the database holds secrets as they were issued: ${found.join(', ')}`);
  }
}

/** What a successful sign-in answers. */
export type SignInBody = Pick<
  ApiBody,
  'token' | 'token_type' | 'expires_at' | 'expires_in' | 'is_new_account' | 'account'
>;

/** Starts a reference server for a test. */
export const startTestApp = (options?: TestAppOptions): Promise<TestApp> => TestApp.start(options);
