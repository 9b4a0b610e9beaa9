import { randomBytes } from 'node:crypto';
import type { Configuration, FindAccount, JWTStructured } from 'oidc-provider';
import { SigningKeys } from '../keys/signing-keys';
import { errorPage } from '../pages/error.page';
import { Directory } from '../people/directory';
import { IssuerTwin } from '../twins/issuer-twin';
import { OPENID_SCOPES, resourceIndicators } from './api-resource';
import { clientMetadata, DemoClients } from './demo-clients';
import { deviceFlow } from './device-flow';
import { LegacyFlow, responseTypesOf } from './legacy-flows';
import { memoryAdapters } from './memory.adapter';
import { interactionPolicy } from './oidc-library';
import { RotatingSigningKey } from './rotating-signing-key';

/** Everything that one issuer of the demo is made of. */
export interface IssuerParts {
  readonly twin: IssuerTwin;
  readonly directory: Directory;
  readonly keys: SigningKeys;
  readonly clients: DemoClients;
  readonly redirectOrigins: string[];
  /** Those of the flows of old that are switched on. */
  readonly legacyFlows: readonly LegacyFlow[];
}

/** Asks for a person on every visit, and never for consent. */
function interactions(twin: IssuerTwin): Configuration['interactions'] {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt');
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return { policy, url: (_ctx, { uid }) => `${new URL(twin.issuer).pathname.replace(/\/$/, '')}/people/${uid}` };
}

/** Consents to everything that was asked for. */
function grantOf({ twin }: IssuerParts): Configuration['loadExistingGrant'] {
  return async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
    grant.addOIDCScope([...OPENID_SCOPES]);
    if (twin.api) grant.addResourceScope(twin.api.audience, [...OPENID_SCOPES, ...twin.api.scopes]);
    await grant.save();
    return grant;
  };
}

function findAccount({ twin, directory }: IssuerParts): FindAccount {
  return ({ oidc }, subject) => {
    const person = directory.withSubject(subject);
    if (!person) return undefined;
    const claims = (use: string): { sub: string } => {
      const { Client, AccessToken } = oidc.entities;
      const accessToken = AccessToken?.format === 'opaque' ? AccessToken.jti : undefined;
      const more = use === 'id_token' ? twin.idTokenClaims({ clientId: Client?.clientId ?? '', accessToken }) : {};
      return { ...twin.profile(person), ...more, sub: subject };
    };
    return { accountId: subject, claims };
  };
}

function shapeAccessToken({ twin, directory }: IssuerParts) {
  return (_ctx: unknown, token: object, jwt: JWTStructured): void => {
    const subject = 'accountId' in token ? String(token.accountId) : undefined;
    const person = subject === undefined ? undefined : directory.withSubject(subject);
    const grantType = 'gty' in token ? String(token.gty) : undefined;
    jwt.header = { typ: 'JWT' };
    if (twin.api) jwt.payload = twin.api.accessTokenClaims(jwt.payload, { person, grantType });
  };
}

function lifetimes({ idTokenSeconds, accessTokenSeconds, deviceCodeSeconds }: IssuerTwin): Configuration['ttl'] {
  return {
    IdToken: idTokenSeconds,
    AccessToken: accessTokenSeconds,
    ClientCredentials: accessTokenSeconds,
    AuthorizationCode: 60,
    DeviceCode: deviceCodeSeconds,
    Interaction: 3_600,
    Session: 3_600,
    Grant: 86_400,
  };
}

/** Configures oidc-provider so that it looks like the twin. */
export function oidcConfiguration(parts: IssuerParts): Configuration {
  const { twin, clients, redirectOrigins, legacyFlows } = parts;
  const { authorization, token, jwks, userinfo, deviceAuthorization, device } = twin.paths;
  return {
    adapter: memoryAdapters,
    clients: clientMetadata(twin, clients, redirectOrigins, legacyFlows),
    jwks: { keys: [new RotatingSigningKey(parts.keys)] },
    routes: {
      authorization,
      token,
      jwks,
      userinfo,
      device_authorization: deviceAuthorization,
      code_verification: device,
    },
    scopes: [...OPENID_SCOPES],
    claims: Object.fromEntries(Object.entries(twin.scopeClaims).map(([scope, claims]) => [scope, [...claims]])),
    conformIdTokenClaims: false,
    // The real ones send these too; oidc-provider ignores what it does not know.
    extraParams: ['access_type', 'audience', 'connection', 'hd', 'include_granted_scopes', 'screen_hint'],
    responseTypes: ['code', ...responseTypesOf(legacyFlows)],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: twin.grantTypes.includes('client_credentials') },
      deviceFlow: deviceFlow(twin),
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
      resourceIndicators: resourceIndicators(twin),
    },
    formats: { bitsOfOpaqueRandomness: 512, customizers: { jwt: shapeAccessToken(parts) } },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: {
        session: `demo_${twin.name}_session`,
        interaction: `demo_${twin.name}_interaction`,
        resume: `demo_${twin.name}_resume`,
      },
    },
    ttl: lifetimes(twin),
    expiresWithSession: () => false,
    issueRefreshToken: () => false,
    interactions: interactions(twin),
    loadExistingGrant: grantOf(parts),
    findAccount: findAccount(parts),
    renderError: (ctx, { error, error_description: description }) => {
      const page = errorPage(twin, `${error}${description ? `: ${description}` : ''}`);
      ctx.set(page.headers);
      ctx.body = page.body;
    },
  };
}
