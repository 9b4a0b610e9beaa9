import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { grantsAreSound, isUnbound } from '../../verification/access-claim-checks';
import {
  audienceIs,
  audiencesOf,
  authorizedPartyIs,
  issuerIs,
  subjectIsSound,
  timesHold,
  type ClaimCheck,
} from '../../verification/claim-checks';
import { ownMember, parseCompactJwt, type CompactJwt } from '../../verification/compact-jwt';
import { contextOf, permissionsClaim, scopesClaim } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { KeyStore } from '../../verification/key-store';
import { profileOf } from '../../verification/profile';
import { quoted, quotedClaim } from '../../verification/quoted-value';
import { audienceHints } from '../../verification/refusal-hints';
import { verifyRs256Signature } from '../../verification/rs256-signature';
import type {
  CredentialKind,
  PostedCredential,
  SocialAuthStrategy,
  VerifiedCredential,
} from '../../verification/verified-credential';
import { checkedClients, clientIdsOf } from '../provider-clients';
import { ProviderSettingsError, type StrategyTools } from '../provider-definition';
import { clientOf, isMachineToken, isNoMachine, machineIs } from './auth0-machine';
import { isOpaqueAccessToken } from './auth0-opaque-token';
import { issuersOf, keyAddressOf } from './auth0-bearer-form';
import { contradictionsOf, type Auth0Settings } from './auth0.settings';

const ID_TOKEN_LIFETIME_SECONDS = 36_000;
const ACCESS_TOKEN_LIFETIME_SECONDS = 86_400;

/** Verifies what an Auth0 tenant issues: ID tokens for our clients, RS256 access tokens for our API. */
export class Auth0Strategy implements SocialAuthStrategy {
  private readonly issuers: readonly string[];
  private readonly clientIds: readonly string[];
  private readonly userinfoAudiences: readonly string[];
  private readonly keyStore: KeyStore;

  constructor(
    private readonly settings: Auth0Settings,
    private readonly tools: StrategyTools,
  ) {
    this.clientIds = clientIdsOf(checkedClients('auth0', settings.clientIds));
    const faults = contradictionsOf({ ...settings, clientIds: this.clientIds });
    if (faults.length > 0) throw new ProviderSettingsError(faults.map(({ fault }) => `auth0: ${fault}`));
    this.issuers = issuersOf(settings);
    this.userinfoAudiences = this.issuers.map((issuer) => `${issuer}userinfo`);
    this.keyStore = tools.keyStore(keyAddressOf(settings));
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
    if (isOpaqueAccessToken(token)) throw this.opaque(kind);
    const jwt = parseCompactJwt(token);
    const actual = this.isForApi(jwt) ? 'access_token' : 'id_token';
    if (kind === 'id_token' && actual === 'access_token') {
      throw wrongKind('an access token as ID token', jwt, 'an access token for the API: post it as access_token');
    }
    if (kind === 'access_token' && this.isForClient(jwt)) {
      throw wrongKind('an ID token as access token', jwt, 'an ID token for a client: post it as id_token');
    }
    return kind === 'access_token' || actual === 'access_token' ? this.verifyAccessToken(jwt) : this.verifyIdToken(jwt);
  }

  private async verifyIdToken(jwt: CompactJwt): Promise<VerifiedCredential> {
    const { clientIds, settings } = this;
    const { maximumAgeSeconds = ID_TOKEN_LIFETIME_SECONDS } = settings;
    const limits = { maximumLifetimeSeconds: ID_TOKEN_LIFETIME_SECONDS, maximumAgeSeconds };
    await this.verifyJwt(
      jwt,
      [undefined, 'jwt'],
      [audienceIs(clientIds), authorizedPartyIs(clientIds), isNoMachine, timesHold(this.tools.clock.now(), limits)],
    );
    return this.credential('id_token', jwt, '');
  }

  private async verifyAccessToken(jwt: CompactJwt): Promise<VerifiedCredential> {
    const { audience, machineClientIds = [] } = this.settings;
    const limits = {
      maximumLifetimeSeconds: ACCESS_TOKEN_LIFETIME_SECONDS,
      maximumAgeSeconds: ACCESS_TOKEN_LIFETIME_SECONDS,
    };
    await this.verifyJwt(
      jwt,
      ['jwt', 'at+jwt'],
      [
        audienceIs(audience === undefined ? [] : [audience], this.userinfoAudiences),
        isMachineToken(jwt.claims)
          ? machineIs(machineClientIds)
          : authorizedPartyIs(this.clientIds, ['azp', 'client_id']),
        grantsAreSound,
        isUnbound,
        timesHold(this.tools.clock.now(), limits),
      ],
    );
    return this.credential('access_token', jwt, this.settings.claimsNamespace);
  }

  private verifyJwt(
    jwt: CompactJwt,
    types: readonly (string | undefined)[],
    checks: readonly ClaimCheck[],
  ): Promise<void> {
    return verifyJwt(jwt, {
      types,
      checks: [issuerIs(this.issuers), subjectIsSound, ...checks],
      keyStore: this.keyStore,
      verifySignature: verifyRs256Signature,
    });
  }

  /** @param namespace prefix of the profile claims; `undefined`: the token carries no profile that may be read. */
  private credential(kind: CredentialKind, { claims }: CompactJwt, namespace: string | undefined): VerifiedCredential {
    const [issuer = ''] = this.issuers;
    const subject = String(ownMember(claims, 'sub'));
    const machine = isMachineToken(claims);
    // A machine has no address, whatever an Action adds.
    const profile =
      machine || namespace === undefined ? { emailVerified: false } : profileOf(claims, issuer, namespace);
    return {
      // The tenant is the operator's own: what it has verified is verified.
      identity: {
        provider: 'auth0',
        issuer,
        subject,
        ...profile,
        emailAuthoritative: profile.emailVerified,
        ...(machine && { machine }),
      },
      kind,
      clientId: clientOf(claims) ?? audiencesOf(claims)[0] ?? '',
      ...contextOf(claims),
      scopes: scopesClaim(claims),
      permissions: permissionsClaim(claims),
    };
  }

  private opaque(kind: PostedCredential['kind']): ProviderTokenRefusedError {
    const { audience } = this.settings;
    const refused =
      kind === 'id_token'
        ? new ProviderTokenRefusedError('provider_token_wrong_kind', 'an opaque access token as ID token')
        : new ProviderTokenRefusedError(
            'auth0_audience_missing',
            'the access token is opaque: no API audience was asked',
          );
    return refused.because(() => {
      const came = 'The token is an opaque access token, issued without an API audience';
      if (audience === undefined) return `${came}; this server has no AUTH0_AUDIENCE and accepts ID tokens alone.`;
      return `${came}; expected: a JWT for the audience ${quoted(audience)}, or an ID token.`;
    });
  }

  private isForApi({ claims }: CompactJwt): boolean {
    const { audience } = this.settings;
    return audience !== undefined && audiencesOf(claims).includes(audience);
  }

  private isForClient({ claims }: CompactJwt): boolean {
    return audiencesOf(claims).some((audience) => this.clientIds.includes(audience));
  }
}

const wrongKind = (reason: string, { claims }: CompactJwt, what: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_kind', reason).because(
    (context) =>
      `aud was ${quotedClaim(claims, 'aud')}, so the token is ${what}.${audienceHints(audiencesOf(claims), context)}`,
  );
