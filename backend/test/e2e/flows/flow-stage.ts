import * as client from 'openid-client';
import { DemoIdentityProvider, type DemoIssuer, type LegacyFlow } from '../../../dev/demo-identity-provider';
import type { SessionBody } from '../../support/account-client';
import type { ApiAnswer } from '../../support/api-client';
import { type IssuerName, startTestApp, type TestApp } from '../../support/test-app';

/** The issuers that have what most flows need. */
export const ISSUERS = ['google', 'auth0'] as const;

/** A demo identity provider and a server that accepts its tokens, set up by the variables that `npm start` uses. */
export class FlowStage {
  private constructor(
    readonly idp: DemoIdentityProvider,
    readonly server: TestApp,
  ) {}

  static async start(legacyFlows: readonly LegacyFlow[] = []): Promise<FlowStage> {
    const idp = await DemoIdentityProvider.start({ legacyFlows });
    try {
      const settings = { ...idp.variables(), ACCEPT_AUTH0_ACCESS_TOKENS: 'true' };
      return new FlowStage(idp, await startTestApp({ idp, settings }));
    } catch (error) {
      await idp.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.idp.stop();
  }

  /** The identifier of our API at Auth0. */
  get audience(): string {
    return this.idp.auth0.audience ?? '';
  }

  /** A nonce for clients that have to ask for one. */
  async nonce(): Promise<string> {
    const { body } = await this.server.api('/auth/challenge', { method: 'POST' });
    return (body as unknown as { nonce: string }).nonce;
  }

  /** Trades a provider's token for one of ours. */
  exchange(issuer: IssuerName, tokens: { id_token?: string; access_token?: string }): Promise<ApiAnswer> {
    return this.server.api(`/auth/${issuer}`, { json: tokens });
  }

  /** Makes a note and reads it back: what guarded controllers answer to a token. */
  async notesWith(token: string): Promise<number[]> {
    const made = await this.server.api('/notes', { token, json: { text: 'made at the end of a flow' } });
    const read = await this.server.api('/notes', { token });
    return [made.status, read.status];
  }

  /** True if a note that one token makes is read by the other: they are of one account. */
  async shareNotes(writer: string, reader: string): Promise<boolean> {
    const { body: note } = await this.server.api('/notes', { token: writer, json: { text: 'made by the one' } });
    const { text } = await this.server.api('/notes', { token: reader });
    return text.includes(note.id);
  }

  /** On what the sign-in behind a token took place. */
  async platformOf(token: string): Promise<string | null | undefined> {
    const { body } = await this.server.api('/auth/sessions', { token });
    const { sessions } = body as unknown as { sessions: SessionBody[] };
    return sessions.find(({ current }) => current)?.platform;
  }

  /** The account behind a token. */
  async account(token: string): Promise<Record<string, unknown>> {
    return (await this.server.api('/accounts/me', { token })).body as unknown as Record<string, unknown>;
  }
}

/** What guarded controllers answer to a token that reaches them. */
export const REACHED = [201, 200];

/** A standard client, set up by the issuer's own description of itself. */
export function standardClient(issuer: DemoIssuer, clientId: string, secret?: string): Promise<client.Configuration> {
  const authentication = secret === undefined ? client.None() : client.ClientSecretPost(secret);
  const options = { execute: [client.allowInsecureRequests] };
  return client.discovery(new URL(issuer.issuer), clientId, undefined, authentication, options);
}
