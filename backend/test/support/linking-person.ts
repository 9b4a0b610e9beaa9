import type { AccountBody, ApiAnswer } from './api-client';
import type { IssuerName, TestApp } from './test-app';

/** An identity as answers show it. */
export interface IdentityBody {
  id: string;
  provider: string;
  title: string;
  email: string | null;
  email_verified: boolean;
  name: string | null;
  primary: boolean;
  created_at: string;
  last_used_at: string | null;
}

/** What a refused sign-in says of linking. */
export interface ConflictBody {
  code: string;
  detail: string;
  link_ticket?: string;
  link_ticket_expires_in?: number;
}

/** Claims of a token that was issued so many seconds ago. */
export function issuedAgo(seconds: number, authTimeAgo?: number): object {
  const now = Math.floor(Date.now() / 1_000);
  return { iat: now - seconds, exp: now + 60, ...(authTimeAgo !== undefined && { auth_time: now - authTimeAgo }) };
}

/** The answer to a sign-in that must be refused because of its address. */
export async function conflictOf(
  server: TestApp,
  issuer: IssuerName,
  person: string,
  claims: object = {},
): Promise<ConflictBody> {
  const { status, text, body } = await server.postIdToken(issuer, person, { claims });
  if (status !== 409) throw new Error(`The sign-in was answered ${status}: ${text}`);
  return body;
}

/** Somebody with a session at a server under test, and with several ways to sign in. */
export class LinkingPerson {
  private constructor(
    private readonly server: TestApp,
    readonly token: string,
    readonly account: AccountBody,
    readonly isNew: boolean,
  ) {}

  /** Signs a person in, with changes laid over the claims of the ID token; an error unless it succeeds. */
  static async of(server: TestApp, issuer: IssuerName, person: string, claims: object = {}): Promise<LinkingPerson> {
    const { status, text, body } = await server.postIdToken(issuer, person, { claims });
    if (status !== 200) throw new Error(`The sign-in was answered ${status}: ${text}`);
    return new LinkingPerson(server, body.token, body.account, body.is_new_account);
  }

  async link(issuer: IssuerName, person: string, claims: object = {}): Promise<ApiAnswer> {
    const { idToken } = await this.server.idp[issuer].issue(person, { claims });
    return this.post(`/auth/link/${issuer}`, { id_token: idToken });
  }

  redeem(ticket: unknown): Promise<ApiAnswer> {
    return this.post('/auth/link', { ticket });
  }

  unlink(identityId: string): Promise<ApiAnswer> {
    return this.server.api(`/accounts/me/identities/${identityId}`, { method: 'DELETE', token: this.token });
  }

  post(path: string, json: unknown): Promise<ApiAnswer> {
    return this.server.api(path, { token: this.token, json });
  }

  get(path: string): Promise<ApiAnswer> {
    return this.server.api(path, { token: this.token });
  }

  async identities(): Promise<IdentityBody[]> {
    return identitiesIn(await this.get('/accounts/me/identities'));
  }

  /** The identity at a provider; an error unless there is exactly one. */
  async identityAt(provider: string): Promise<IdentityBody> {
    const [identity, ...others] = (await this.identities()).filter((one) => one.provider === provider);
    if (!identity || others.length > 0) throw new Error(`there is not one identity at ${provider}`);
    return identity;
  }

  /** The types and the details of what stands in the person's log, oldest first. */
  async events(): Promise<[string, Record<string, unknown> | null][]> {
    const { body } = await this.get('/accounts/me/events');
    const { events } = body as unknown as { events: { type: string; details: Record<string, unknown> | null }[] };
    return events.reverse().map(({ type, details }) => [type, details]);
  }
}

/** The identities in an answer; an error unless it succeeded. */
export function identitiesIn({ status, text, body }: ApiAnswer): IdentityBody[] {
  if (status !== 200) throw new Error(`The answer was ${status}: ${text}`);
  return (body as unknown as { identities: IdentityBody[] }).identities;
}

/** The status of an answer, with the code of its refusal. */
export const refusedWith = ({ status, body }: ApiAnswer): [number, string] => [status, body.code];
