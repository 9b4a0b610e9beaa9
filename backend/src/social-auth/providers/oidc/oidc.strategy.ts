import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
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
import { contextOf, scopesClaim, stringClaim } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { KeyStore } from '../../verification/key-store';
import { quotedClaim } from '../../verification/quoted-value';
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
import { mappedProfile } from './oidc-claims';
import { markIsOf, partyOfSeveralIsNamed } from './oidc-token-checks';
import type { OidcSettings } from './oidc.settings';

const LIFETIME_SECONDS = 86_400;
/** By which claims issuers name the client of an access token: RFC 9068, Keycloak and Entra, Okta, Entra's older ones. */
const PARTIES = ['azp', 'client_id', 'cid', 'appid'];

/** Verifies what one OpenID Connect issuer issues: ID tokens for our clients, RS256 access tokens for our API. */
export class OidcStrategy implements SocialAuthStrategy {
  private readonly clientIds: readonly string[];
  private readonly issuers: readonly string[];
  private readonly userinfoAudiences: readonly string[];
  private readonly keyStore: KeyStore;

  /** @param name of the definition: two instances may share everything else. */
  constructor(
    private readonly name: string,
    private readonly settings: OidcSettings,
    private readonly tools: StrategyTools,
  ) {
    const { audience, jwksUri } = settings;
    this.clientIds = clientIdsOf(checkedClients(name, settings.clientIds));
    // An ID token and an access token are told apart by their audience.
    if (audience !== undefined && this.clientIds.includes(audience)) {
      throw new ProviderSettingsError([`${name}: expected an audience that is not a client id`]);
    }
    this.issuers = textsOf(settings.issuers);
    const [issuer] = this.issuers;
    if (!issuer) throw new ProviderSettingsError([`${name}: expected a list of at least one issuer`]);
    this.userinfoAudiences = this.issuers.map((one) => `${one.replace(/\/$/, '')}/userinfo`);
    this.keyStore = tools.keyStore(jwksUri ?? { issuer });
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
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
    const { clientIds } = this;
    const maximumAgeSeconds = this.settings.maximumAgeSeconds ?? LIFETIME_SECONDS;
    await this.verifyJwt(
      jwt,
      [undefined, 'jwt'],
      [
        audienceIs(clientIds),
        authorizedPartyIs(clientIds),
        partyOfSeveralIsNamed,
        markIsOf('id_token'),
        timesHold(this.tools.clock.now(), { maximumLifetimeSeconds: LIFETIME_SECONDS, maximumAgeSeconds }),
      ],
    );
    return this.credential('id_token', jwt, stringClaim(jwt.claims, 'azp') ?? audiencesOf(jwt.claims)[0]);
  }

  private async verifyAccessToken(jwt: CompactJwt): Promise<VerifiedCredential> {
    const { audience } = this.settings;
    const limits = { maximumLifetimeSeconds: LIFETIME_SECONDS, maximumAgeSeconds: LIFETIME_SECONDS };
    await this.verifyJwt(
      jwt,
      ['jwt', 'at+jwt'],
      [
        // Some issuers name their own userinfo endpoint beside the API.
        audienceIs(audience === undefined ? [] : [audience], this.userinfoAudiences),
        authorizedPartyIs(this.clientIds, PARTIES),
        markIsOf('access_token'),
        timesHold(this.tools.clock.now(), limits),
      ],
    );
    const parties = PARTIES.flatMap((name) => stringClaim(jwt.claims, name) ?? []);
    return { ...this.credential('access_token', jwt, parties[0]), scopes: scopesClaim(jwt.claims) };
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

  private credential(kind: CredentialKind, { claims }: CompactJwt, clientId = ''): VerifiedCredential {
    const { name: provider, settings } = this;
    const [issuer = ''] = this.issuers;
    const profile = mappedProfile(claims, issuer, settings.claims ?? {}, settings.emailVerified ?? false);
    const subject = String(ownMember(claims, 'sub'));
    // Never authoritative for the address: nothing here tells whether the issuer hosts it.
    return { identity: { provider, issuer, subject, ...profile }, kind, clientId, ...contextOf(claims) };
  }

  private isForApi({ claims }: CompactJwt): boolean {
    const { audience } = this.settings;
    return audience !== undefined && audiencesOf(claims).includes(audience);
  }

  private isForClient({ claims }: CompactJwt): boolean {
    return audiencesOf(claims).some((audience) => this.clientIds.includes(audience));
  }
}

/** A list whatever the host's types said: a text in its place would be searched for a part of itself. */
const textsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];

const wrongKind = (reason: string, { claims }: CompactJwt, what: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_kind', reason).because(
    (context) =>
      `aud was ${quotedClaim(claims, 'aud')}, so the token is ${what}.${audienceHints(audiencesOf(claims), context)}`,
  );
