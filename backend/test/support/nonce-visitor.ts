import { createHash } from 'node:crypto';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import type { ApiAnswer } from './api-client';
import { startTestApp, type IssuerName, type TestApp, type TestAppOptions } from './test-app';

/** A server of which each provider has three clients, each with another rule for its nonce. */
export interface NonceServer {
  server: TestApp;
  stop: () => Promise<void>;
}

/** The clients by what they run on: `off`, `if-present` and `required` are the rules of their nonces. */
export type ClientName = 'web' | 'android' | 'ios';

/** Starts a server with the three clients. */
export async function startNonceServer(options: Pick<TestAppOptions, 'database'> = {}): Promise<NonceServer> {
  const idp = await DemoIdentityProvider.start();
  const clients = ({ clientId, mobileClientId, foreignClientId }: DemoIdentityProvider['google']): string =>
    `${clientId},${mobileClientId};platform=android,${foreignClientId};platform=ios;nonce=required`;
  const settings = { GOOGLE_CLIENT_ID: clients(idp.google), AUTH0_CLIENT_ID: clients(idp.auth0) };
  try {
    const server = await startTestApp({ ...options, idp, settings });
    return { server, stop: () => server.stop().finally(() => idp.stop()) };
  } catch (error) {
    await idp.stop();
    throw error;
  }
}

/** SHA-256 of a text, as SDKs send it to the provider in the place of the nonce. */
export const sha256 = (text: string, encoding: 'hex' | 'base64url'): string =>
  createHash('sha256').update(text).digest(encoding);

/** An answer in short: its status, with the code of a refusal. */
export const verdictOf = ({ status, body }: ApiAnswer): string => (status === 200 ? '200' : `${status} ${body.code}`);

/** The verdict on a nonce that is not one of ours. */
export const WRONG_NONCE = '401 provider_token_wrong_nonce';

/** Somebody who signs in at one provider with nonces of one server. */
export class NonceVisitor {
  constructor(
    private readonly server: TestApp,
    private readonly provider: IssuerName,
  ) {}

  /** A nonce of the server. */
  async challenge(): Promise<string> {
    const { status, body } = await this.server.api('/auth/challenge', { method: 'POST' });
    if (status !== 201) throw new Error(`The challenge was answered ${status}.`);
    return (body as unknown as { nonce: string }).nonce;
  }

  /** An ID token of one of our clients with a nonce, of whatever type. */
  async idToken(client: ClientName, nonce?: unknown, person = 'ada'): Promise<string> {
    const { clientId, mobileClientId, foreignClientId } = this.server.idp[this.provider];
    const ids: Record<ClientName, string> = { web: clientId, android: mobileClientId, ios: foreignClientId };
    return (await this.server.idp[this.provider].issue(person, { clientId: ids[client], claims: { nonce } })).idToken;
  }

  /** Posts a body to the sign-in. */
  post(json: object): Promise<ApiAnswer> {
    return this.server.api(`/auth/${this.provider}`, { json });
  }

  /** The verdict on a sign-in with an ID token with that nonce. */
  async signIn(client: ClientName, nonce?: unknown, body: object = {}): Promise<string> {
    return verdictOf(await this.post({ id_token: await this.idToken(client, nonce), ...body }));
  }

  /** How many nonces the server waits for. */
  async challenges(): Promise<number> {
    const [row] = await this.server.dataSource.query<{ rows: number }[]>(
      'select count(*)::int as rows from social_auth_challenge',
    );
    return row?.rows ?? -1;
  }
}
