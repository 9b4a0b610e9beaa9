import { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Endpoint, Fault } from './faults/fault';
import { FaultSwitches } from './faults/fault-switches';
import { IssuerRoutes } from './issuer-routes';
import { PublishedKey, SigningKey } from './keys/signing-keys';
import { ConfidentialClient } from './oidc/demo-clients';
import { IssuerParts } from './oidc/oidc-configuration';
import { createOidcIssuer } from './oidc/oidc-issuer';
import { registerPasswordGrant } from './oidc/password-grant';
import { TokenMint } from './oidc/token-mint';
import { DemoPerson } from './people/demo-person';
import { addressOf } from './twins/issuer-twin';

/** What to issue, and what to change in it. */
export interface IssueOptions {
  /** Default: the web client. */
  readonly clientId?: string;
  /** The API (Auth0 twin): with it the access token is a JWT, without it opaque. */
  readonly audience?: string;
  readonly scope?: string;
  /** Laid over the claims of the ID token; `undefined` removes one. */
  readonly claims?: object;
  /** Laid over the claims of a JWT access token; `undefined` removes one. */
  readonly accessTokenClaims?: object;
}

/** One issuer of the demo identity provider: its addresses and clients, its tokens, and its faults for tests. */
export class DemoIssuer {
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string;
  readonly discoveryUri: string;
  readonly authorizationUri: string;
  readonly tokenUri: string;
  readonly jwksUri: string;
  readonly userinfoUri: string;
  /** Google twin only. */
  readonly tokeninfoUri: string | undefined;
  /** Where people enter the code that a television shows. */
  readonly deviceUri: string;
  readonly deviceAuthorizationUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly mobileClientId: string;
  readonly tvClientId: string;
  /** Google twin only: it demands one of a television, too. */
  readonly tvClientSecret: string | undefined;
  /** A client of ours that signs in for itself (Auth0 twin only). */
  readonly machine: ConfidentialClient | undefined;
  /** The client of the flows of old, if any of them is switched on. */
  readonly legacy: ConfidentialClient | undefined;
  /** A registered client of somebody else: its tokens are genuine and not for us. */
  readonly foreignClientId: string;
  /** The API identifier (Auth0 twin only). */
  readonly audience: string | undefined;
  /** Prefix of the custom claims in access tokens (Auth0 twin only). */
  readonly claimsNamespace: string | undefined;

  private readonly faults = new FaultSwitches();
  private readonly mint: TokenMint;
  private readonly routes: IssuerRoutes;

  constructor(
    private readonly parts: IssuerParts,
    onError: (error: Error) => void,
  ) {
    const { twin, clients } = parts;
    this.issuer = twin.issuer;
    this.discoveryUri = addressOf(twin, '/.well-known/openid-configuration');
    this.authorizationUri = addressOf(twin, twin.paths.authorization);
    this.tokenUri = addressOf(twin, twin.paths.token);
    this.jwksUri = addressOf(twin, twin.paths.jwks);
    this.userinfoUri = addressOf(twin, twin.paths.userinfo);
    this.tokeninfoUri = twin.paths.tokeninfo && addressOf(twin, twin.paths.tokeninfo);
    this.deviceUri = addressOf(twin, twin.paths.device);
    this.deviceAuthorizationUri = addressOf(twin, twin.paths.deviceAuthorization);
    this.audience = twin.api?.audience;
    this.claimsNamespace = twin.api?.claimsNamespace;
    ({ clientId: this.clientId, clientSecret: this.clientSecret } = clients);
    ({ mobileClientId: this.mobileClientId, foreignClientId: this.foreignClientId } = clients);
    ({ tvClientId: this.tvClientId, tvClientSecret: this.tvClientSecret, machine: this.machine } = clients);
    this.legacy = parts.legacyFlows.length > 0 ? clients.legacy : undefined;
    const provider = createOidcIssuer(parts, onError);
    this.mint = new TokenMint(provider, twin);
    if (parts.legacyFlows.includes('password')) registerPasswordGrant(provider, parts.directory, this.mint);
    this.routes = new IssuerRoutes(parts, this.faults, provider, this.mint);
  }

  /** The person with this key; an error if there is none. */
  person(key: string): DemoPerson {
    const person = this.parts.directory.find(key);
    if (!person) throw new Error(`${this.issuer} knows no person ${key}.`);
    return person;
  }

  /** Adds somebody, or replaces who had this key. */
  addPerson(person: DemoPerson): void {
    this.parts.directory.add(person);
  }

  /** The tokens that a sign-in of this person would yield, with changes laid over their claims. */
  async issue(personKey: string, options: IssueOptions = {}): Promise<{ idToken: string; accessToken: string }> {
    const { clientId = this.clientId, claims, accessTokenClaims, ...order } = options;
    const { idToken, accessToken } = await this.mint.issue(this.person(personKey), { clientId, ...order });
    return { idToken: this.overlay(idToken, claims), accessToken: this.overlay(accessToken, accessTokenClaims) };
  }

  /** A compact JWS over any claims at all, with the current key; header members given here win, `undefined` removes one. */
  sign(payload: object, header?: object): string {
    return this.parts.keys.sign(payload, header);
  }

  /** The key that signs now. */
  get signingKey(): SigningKey {
    return this.parts.keys.current;
  }

  /** What the key endpoint shows now. */
  get publishedKeys(): PublishedKey[] {
    return this.parts.keys.published;
  }

  /** A new key signs from now on; the former ones stay published. Yields the id of the new one. */
  async rotate(): Promise<string> {
    return this.parts.keys.rotate();
  }

  /** Takes a key off the key endpoint. */
  retire(kid: string): void {
    this.parts.keys.retire(kid);
  }

  /** Spoils an endpoint until it is mended with `undefined`. */
  fault(endpoint: Endpoint, fault: Fault | undefined): void {
    this.faults.set(endpoint, fault);
  }

  /** How often an endpoint was asked, faulty answers included. */
  hits(endpoint: Endpoint): number {
    return this.faults.hits(endpoint);
  }

  /** Mends every endpoint and sets all counts to zero. */
  resetFaults(): void {
    this.faults.reset();
  }

  /** Answers a request whose path, below the issuer, is `path`. */
  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.routes.handle(path, request, response);
  }

  private overlay(token: string, claims: object | undefined): string {
    if (!claims) return token;
    if (token.split('.').length !== 3) throw new TypeError('An opaque access token has no claims to change.');
    return this.sign({ ...decodeJwt(token), ...claims }, decodeProtectedHeader(token));
  }
}
