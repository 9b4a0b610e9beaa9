import { randomUUID } from 'node:crypto';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import type { Environment } from '../../../src/app/settings/environment';
import { AppleTwin } from '../../support/apple-twin';
import { LoopbackIssuer } from '../../support/loopback-issuer';
import { MOBILE_CHAPTERS } from '../../support/mobile-document';
import { startTestApp, type TestApp } from '../../support/test-app';

const seconds = (): number => Math.floor(Date.now() / 1_000);

/** Every entry that any chapter has of one variable, the first of all first. */
function entriesOf(name: string): string[] {
  const lists = MOBILE_CHAPTERS.flatMap(({ settings }) => settings[name] ?? []);
  return [...new Set(lists.flatMap((list) => list.split(',')))];
}

/** The settings of all chapters together: lists of client ids are joined. */
function documentedSettings(): Environment {
  const names = new Set(MOBILE_CHAPTERS.flatMap(({ settings }) => Object.keys(settings)));
  return Object.fromEntries([...names].map((name) => [name, entriesOf(name).join(',')]));
}

/** The issuers at which apps sign in, each on loopback, and a server with the client ids of docs/mobile.md. */
export class MobileIssuers {
  /** The subject of whoever holds the phone, at the issuers that know no people of their own. */
  private readonly subject = randomUUID();

  private constructor(
    private readonly idp: DemoIdentityProvider,
    private readonly apple: AppleTwin,
    private readonly keycloak: LoopbackIssuer,
  ) {}

  static async start(): Promise<MobileIssuers> {
    return new MobileIssuers(await DemoIdentityProvider.start(), await AppleTwin.start(), await LoopbackIssuer.start());
  }

  /** A server with the settings of all chapters, and these issuers in the place of the real ones. */
  startServer(settings: Environment = {}): Promise<TestApp> {
    const { APPLE_ISSUER, APPLE_JWKS_URI } = this.apple.variables;
    const addresses = {
      APPLE_ISSUER,
      APPLE_JWKS_URI,
      OIDC_KEYCLOAK_ISSUER: this.keycloak.origin,
      OIDC_KEYCLOAK_JWKS_URI: `${this.keycloak.origin}/certs`,
    };
    return startTestApp({ idp: this.idp, settings: { ...documentedSettings(), ...addresses, ...settings } });
  }

  /** An ID token for a route, really signed by the issuer behind it; `undefined` removes a claim. */
  async idToken(route: string, claims: object): Promise<string> {
    if (route === '/auth/google') return (await this.idp.google.issue('ada', { claims })).idToken;
    if (route === '/auth/auth0') return (await this.idp.auth0.issue('ada', { claims })).idToken;
    if (route === '/auth/apple') return this.apple.idToken(this.subject, claims);
    if (route === '/auth/oidc/keycloak') return this.keycloak.sign({ ...this.keycloakClaims(), ...claims });
    throw new Error(`Nobody issues tokens for ${route}.`);
  }

  async stop(): Promise<void> {
    for (const issuer of [this.idp, this.apple, this.keycloak]) await issuer.stop();
  }

  private keycloakClaims(): object {
    const iat = seconds();
    return { iss: this.keycloak.origin, sub: this.subject, iat, exp: iat + 300, typ: 'ID', name: 'Ada Winter' };
  }
}
