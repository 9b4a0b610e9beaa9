import type { DemoIssuer } from './demo-issuer';
import type { TwinName } from './twins/issuer-twin';

/** The clients whose ID tokens are meant for us: the web client first, the television by its name. */
function clientsOf({ clientId, mobileClientId, tvClientId, legacy }: DemoIssuer): string {
  return [clientId, mobileClientId, `${tvClientId};platform=tv`, ...(legacy ? [legacy.clientId] : [])].join(',');
}

function googleVariables(issuer: DemoIssuer): Record<string, string | undefined> {
  return {
    GOOGLE_CLIENT_ID: clientsOf(issuer),
    GOOGLE_CLIENT_SECRET: issuer.clientSecret,
    GOOGLE_ISSUER: issuer.issuer,
    GOOGLE_JWKS_URI: issuer.jwksUri,
    GOOGLE_TOKENINFO_URI: issuer.tokeninfoUri,
    GOOGLE_USERINFO_URI: issuer.userinfoUri,
  };
}

function auth0Variables(issuer: DemoIssuer): Record<string, string | undefined> {
  return {
    AUTH0_DOMAIN: new URL(issuer.issuer).host,
    AUTH0_CLIENT_ID: clientsOf(issuer),
    AUTH0_M2M_CLIENT_ID: issuer.machine?.clientId,
    AUTH0_CLIENT_SECRET: issuer.clientSecret,
    AUTH0_AUDIENCE: issuer.audience,
    AUTH0_ISSUER: issuer.issuer,
    AUTH0_JWKS_URI: issuer.jwksUri,
    AUTH0_CLAIMS_NAMESPACE: issuer.claimsNamespace,
  };
}

/** The environment variables that make the backend and the frontend use an issuer of the demo. */
export function issuerVariables(name: TwinName, issuer: DemoIssuer): Record<string, string | undefined> {
  return name === 'google' ? googleVariables(issuer) : auth0Variables(issuer);
}
