import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountsService,
  SocialAuthDatabase,
  type IssuedToken,
  type Principal,
  type TokenOptions,
} from '../../../src/social-auth';
import { TokenLookup } from '../../../src/social-auth/tokens/token-lookup';
import { callApi, type ApiAnswer, type ApiRequest } from '../../support/api-client';
import { startHostApp, type HostApp, type HostSetup } from '../../support/host-app';
import { CLIENT, credentialOf, KEY } from '../tokens/token-host';

/** A token with the account that it is of. */
export type Signed = IssuedToken & { accountId: string };

/** A host whose database an operator looks into as well. */
export class FeedHost {
  private constructor(
    readonly host: HostApp,
    readonly operator: Client,
    private readonly idp: DemoIdentityProvider,
  ) {}

  static async start(
    hostUrl: string,
    operatorUrl: string,
    tokens: Partial<TokenOptions> = {},
    setup: Partial<HostSetup> = {},
  ): Promise<FeedHost> {
    const idp = await DemoIdentityProvider.start();
    const host = await startHostApp({
      adapter: 'fastify',
      database: hostUrl,
      idp,
      ...setup,
      options: { backgroundJobs: false, ...setup.options, tokens: { hmacKeys: [KEY], ...tokens } },
    });
    const operator = new Client({ connectionString: operatorUrl });
    await operator.connect();
    return new FeedHost(host, operator, idp);
  }

  get accounts(): AccountsService {
    return this.host.app.get(AccountsService);
  }

  get database(): SocialAuthDatabase {
    return this.host.app.get(SocialAuthDatabase);
  }

  async signIn(person: string = randomUUID()): Promise<Signed> {
    const { account, issued } = await this.accounts.signIn(credentialOf(person), CLIENT);
    return { ...issued, accountId: account.id };
  }

  /** The principal behind a token, as the guard finds it. */
  async principalOf({ token }: Signed): Promise<Principal> {
    const principal = await this.host.app.get(TokenLookup).find(token);
    if (!principal) throw new Error('the token is not valid');
    return principal;
  }

  api(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return callApi(`${this.host.url}${path}`, request);
  }

  async stop(): Promise<void> {
    await this.operator.end();
    await this.host.stop();
    await this.idp.stop();
  }
}
