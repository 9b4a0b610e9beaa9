import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { audienceIs, authorizedPartyIs, issuerIs, subjectIsSound, timesHold } from '../../verification/claim-checks';
import { looksLikeJwt, ownMember, parseCompactJwt, type JsonObject } from '../../verification/compact-jwt';
import { contextOf } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { KeyStore } from '../../verification/key-store';
import { profileOf } from '../../verification/profile';
import { verifyRs256Signature } from '../../verification/rs256-signature';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { checkedClients, clientIdsOf } from '../provider-clients';
import type { StrategyTools } from '../provider-definition';
import { checkedSecret } from '../provider-secrets';
import { proveAccessToken } from './facebook-access-token';
import { objectMember, profileBehind, type FacebookApp } from './facebook-graph';
import { completeFacebookSettings, facebookClient, type FacebookSettings } from './facebook.settings';

const ID_TOKEN_LIMITS = { maximumLifetimeSeconds: 3_600, maximumAgeSeconds: 3_600 };

/** Verifies what Facebook issues: access tokens by debug_token, ID tokens of Limited Login by signature. */
export class FacebookStrategy implements SocialAuthStrategy {
  private readonly app: FacebookApp;
  private readonly settings: Required<FacebookSettings>;
  private readonly keyStore: KeyStore;

  constructor(
    settings: FacebookSettings,
    private readonly tools: StrategyTools,
  ) {
    this.settings = completeFacebookSettings(settings);
    const [appId = ''] = clientIdsOf(checkedClients('facebook', [facebookClient(settings)]));
    const { graphUri, jwksUri } = this.settings;
    this.app = { graphUri, appId, appSecret: checkedSecret('facebook', settings.appSecret) };
    this.keyStore = tools.keyStore(jwksUri);
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
    const isJwt = looksLikeJwt(token);
    if (kind === 'access_token' && isJwt) {
      throw wrongKind('a JWT is not an access token of Facebook', 'a JWT, as Limited Login gives', 'id_token');
    }
    if (kind === 'id_token' && !isJwt && token.startsWith('EAA')) {
      throw wrongKind('an access token as ID token', 'an access token of Facebook', 'access_token');
    }
    return isJwt || kind === 'id_token' ? this.verifyIdToken(token) : this.verifyAccessToken(token);
  }

  private async verifyIdToken(token: string): Promise<VerifiedCredential> {
    const jwt = parseCompactJwt(token);
    const { appId } = this.app;
    await verifyJwt(jwt, {
      types: [undefined, 'jwt'],
      checks: [
        issuerIs(this.settings.issuers),
        audienceIs([appId]),
        authorizedPartyIs([appId]),
        subjectIsSound,
        timesHold(this.tools.clock.now(), ID_TOKEN_LIMITS),
      ],
      keyStore: this.keyStore,
      verifySignature: verifyRs256Signature,
    });
    const { claims } = jwt;
    return {
      identity: this.identity(String(ownMember(claims, 'sub')), claims),
      kind: 'id_token',
      clientId: appId,
      // Limited Login is for iOS alone, whatever else the app id is used for.
      platform: 'ios',
      ...contextOf(claims),
    };
  }

  private async verifyAccessToken(token: string): Promise<VerifiedCredential> {
    const { app, settings, tools } = this;
    const { subject, ...proof } = await proveAccessToken(token, app, tools.clock.now(), settings.maximumAgeSeconds);
    const profile = await profileBehind(token, app);
    if (ownMember(profile, 'id') !== subject) {
      throw new ProviderTokenRefusedError('provider_token_invalid', 'the profile is that of another person');
    }
    const picture = objectMember(objectMember(profile, 'picture') ?? {}, 'data') ?? {};
    const identity = this.identity(subject, { ...profile, picture: ownMember(picture, 'url') });
    return { identity, kind: 'access_token', clientId: app.appId, ...proof };
  }

  private identity(subject: string, claims: JsonObject): VerifiedCredential['identity'] {
    const [issuer = ''] = this.settings.issuers;
    // Facebook does not say whether an address was verified: it is shown, and never compared.
    return { provider: 'facebook', issuer, subject, ...profileOf(claims, issuer), emailVerified: false };
  }
}

const wrongKind = (reason: string, what: string, field: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_kind', reason).because(
    () => `The token is ${what}: post it as ${field}.`,
  );
