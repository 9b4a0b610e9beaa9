import { DemoPerson } from '../people/demo-person';
import { IssuerTwin } from '../twins/issuer-twin';
import { apiResource, OPENID_SCOPES } from './api-resource';
import { Provider } from './oidc-library';

/** What a client asks for. */
export interface TokenOrder {
  readonly clientId: string;
  /** The API (Auth0): with it the access token is a JWT, without it opaque. */
  readonly audience?: string;
  /** Space separated; default `openid email profile`. */
  readonly scope?: string;
  /** The flow that it stands for. Default: the authorization code. */
  readonly grantType?: string;
  /** What the ID token carries as `nonce`. Default: none. */
  readonly nonce?: string;
}

/** What a token endpoint would answer. */
export interface MintedTokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly scope: string;
}

/** Thrown for an order that the issuer cannot fill: the message says which part of it. */
export class UnknownOrderError extends Error {}

/** Makes tokens outside a sign-in, with oidc-provider's own models: the same claims and the same signature. */
export class TokenMint {
  constructor(
    private readonly provider: Provider,
    private readonly twin: IssuerTwin,
  ) {}

  /** The tokens that this person's sign-in at this client would yield. */
  async issue(person: DemoPerson, order: TokenOrder): Promise<MintedTokens> {
    const client = await this.provider.Client.find(order.clientId);
    if (!client) throw new UnknownOrderError(`No client ${order.clientId} is registered at ${this.twin.issuer}.`);
    const scope = order.scope ?? OPENID_SCOPES.join(' ');
    const access = new this.provider.AccessToken({
      accountId: person.subject,
      client,
      grantId: 'demo',
      gty: order.grantType ?? 'authorization_code',
      scope,
      ...(order.audience === undefined ? {} : { resourceServer: this.resourceServer(order.audience) }),
    });
    const accessToken = await access.save();
    const opaque = order.audience === undefined ? accessToken : undefined;
    const claims = { ...this.twin.profile(person), ...this.twin.idTokenClaims({ ...order, accessToken: opaque }) };
    const idToken = Object.assign(new this.provider.IdToken(claims, { client }), { scope, mask: {}, rejected: [] });
    if (order.nonce !== undefined) idToken.set('nonce', order.nonce);
    return { idToken: await idToken.issue({ use: 'idtoken' }), accessToken, expiresIn: access.expiration, scope };
  }

  private resourceServer(audience: string): InstanceType<Provider['ResourceServer']> {
    const resource = apiResource(this.twin, audience);
    if (!resource) throw new UnknownOrderError(`No API ${audience} is registered at ${this.twin.issuer}.`);
    return new this.provider.ResourceServer(audience, resource);
  }
}
