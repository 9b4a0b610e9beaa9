import { OAuth2Client } from 'google-auth-library';
import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { audienceIs, authorizedPartyIs, issuerIs, subjectIsSound, timesHold } from '../../verification/claim-checks';
import { looksLikeJwt, ownMember, parseCompactJwt, type CompactJwt } from '../../verification/compact-jwt';
import { contextOf, stringClaim } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { VerificationKey } from '../../verification/key-set';
import type { KeyStore } from '../../verification/key-store';
import { profileOf } from '../../verification/profile';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { checkedClientIds, type StrategyTools } from '../provider-definition';
import { proveAccessToken, userinfoOf } from './google-access-token';
import { googleDefaults, type GoogleSettings } from './google.settings';

const LIFETIME_SECONDS = 3_600;

/** Verifies what Google issues: ID tokens by signature, access tokens by tokeninfo and userinfo. */
export class GoogleStrategy implements SocialAuthStrategy {
  private readonly settings: Required<GoogleSettings>;
  private readonly keyStore: KeyStore;
  private readonly google = new OAuth2Client();

  constructor(
    settings: GoogleSettings,
    private readonly tools: StrategyTools,
  ) {
    // google-auth-library skips the audience check when it is given no audience.
    checkedClientIds('google', settings.clientIds);
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    this.settings = { ...googleDefaults, ...(Object.fromEntries(given) as unknown as GoogleSettings) };
    this.keyStore = tools.keyStore(this.settings.jwksUri);
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
    const isJwt = looksLikeJwt(token);
    if (kind === 'access_token' && isJwt) throw wrongKind('a JWT is not an access token of Google');
    if (kind === 'id_token' && !isJwt && token.startsWith('ya29.')) throw wrongKind('an access token as ID token');
    return isJwt || kind === 'id_token' ? this.verifyIdToken(parseCompactJwt(token)) : this.verifyAccessToken(token);
  }

  private async verifyIdToken(jwt: CompactJwt): Promise<VerifiedCredential> {
    const { clientIds, issuers, maximumAgeSeconds } = this.settings;
    await verifyJwt(jwt, {
      types: [undefined, 'jwt'],
      checks: [
        issuerIs(issuers),
        audienceIs(clientIds),
        authorizedPartyIs(clientIds),
        subjectIsSound,
        timesHold(this.tools.clock.now(), { maximumLifetimeSeconds: LIFETIME_SECONDS, maximumAgeSeconds }),
      ],
      keyStore: this.keyStore,
      verifySignature: (token, key) => this.verifySignature(token, key),
    });
    const { claims } = jwt;
    const identity = this.identity(String(ownMember(claims, 'sub')), claims);
    const clientId = stringClaim(claims, 'azp') ?? String(ownMember(claims, 'aud'));
    return { identity, kind: 'id_token', clientId, ...contextOf(claims) };
  }

  private async verifySignature(token: string, { kid, key }: VerificationKey): Promise<void> {
    const { clientIds, issuers } = this.settings;
    try {
      // Its types know PEM alone; node:crypto, to which it hands the key on, takes a KeyObject at a fifth of the cost.
      const keys = { [kid ?? '']: key } as unknown as Record<string, string>;
      await this.google.verifySignedJwtWithCertsAsync(token, keys, [...clientIds], [...issuers]);
    } catch {
      // Without the cause: the library's messages carry the token or its claims.
      throw new ProviderTokenRefusedError('provider_token_invalid', 'google-auth-library refused the token');
    }
  }

  private async verifyAccessToken(token: string): Promise<VerifiedCredential> {
    const proof = await proveAccessToken(token, this.settings, this.tools.clock.now());
    const userinfo = await userinfoOf(token, this.settings.userinfoUri, proof.subject);
    subjectIsSound(userinfo);
    return {
      identity: this.identity(proof.subject, userinfo),
      kind: 'access_token',
      clientId: proof.clientId,
      // tokeninfo does not say when it was issued: the earliest moment is a lifetime before its end.
      issuedAt: new Date(proof.expiresAt.getTime() - LIFETIME_SECONDS * 1000),
      expiresAt: proof.expiresAt,
      scopes: proof.scopes,
    };
  }

  private identity(subject: string, claims: CompactJwt['claims']): VerifiedCredential['identity'] {
    const [issuer = ''] = this.settings.issuers;
    return { provider: 'google', issuer, subject, ...profileOf(claims, issuer) };
  }
}

const wrongKind = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_kind', reason);
