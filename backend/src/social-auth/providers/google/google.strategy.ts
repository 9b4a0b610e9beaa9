import { OAuth2Client } from 'google-auth-library';
import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { audienceIs, authorizedPartyIs, issuerIs, subjectIsSound, timesHold } from '../../verification/claim-checks';
import { looksLikeJwt, ownMember, parseCompactJwt, type CompactJwt } from '../../verification/compact-jwt';
import { contextOf, stringClaim } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { VerificationKey } from '../../verification/key-set';
import type { KeyStore } from '../../verification/key-store';
import { profileOf } from '../../verification/profile';
import { quoted } from '../../verification/quoted-value';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { checkedClients, clientIdsOf } from '../provider-clients';
import type { StrategyTools } from '../provider-definition';
import { proveAccessToken, userinfoOf } from './google-access-token';
import { addressOfGoogle } from './google-email';
import { googleDefaults, type GoogleSettings } from './google.settings';

const LIFETIME_SECONDS = 3_600;

/** Verifies what Google issues: ID tokens by signature, access tokens by tokeninfo and userinfo. */
export class GoogleStrategy implements SocialAuthStrategy {
  private readonly settings: Required<GoogleSettings> & { clientIds: readonly string[] };
  private readonly keyStore: KeyStore;
  private readonly google = new OAuth2Client();

  constructor(
    settings: GoogleSettings,
    private readonly tools: StrategyTools,
  ) {
    // google-auth-library skips the audience check when it is given no audience.
    const clientIds = clientIdsOf(checkedClients('google', settings.clientIds));
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    this.settings = { ...googleDefaults, ...(Object.fromEntries(given) as unknown as GoogleSettings), clientIds };
    this.keyStore = tools.keyStore(this.settings.jwksUri);
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
    const isJwt = looksLikeJwt(token);
    if (kind === 'access_token' && isJwt) {
      throw wrongKind('a JWT is not an access token of Google', 'a JWT, as ID tokens of Google are', 'id_token');
    }
    if (kind === 'id_token' && !isJwt && token.startsWith('ya29.')) {
      throw wrongKind('an access token as ID token', 'an access token of Google', 'access_token');
    }
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
      verifySignature: (_token, key) => this.verifySignature(jwt, key),
    });
    const { claims } = jwt;
    const identity = this.identity(String(ownMember(claims, 'sub')), claims);
    const clientId = stringClaim(claims, 'azp') ?? String(ownMember(claims, 'aud'));
    return { identity, kind: 'id_token', clientId, ...contextOf(claims) };
  }

  private async verifySignature({ token, header, claims }: CompactJwt, { kid, key }: VerificationKey): Promise<void> {
    const { clientIds, issuers } = this.settings;
    try {
      // Its types know PEM alone; node:crypto, to which it hands the key on, takes a KeyObject at a fifth of the cost.
      const keys = { [kid ?? '']: key } as unknown as Record<string, string>;
      await this.google.verifySignedJwtWithCertsAsync(token, keys, [...clientIds], [...issuers]);
    } catch {
      // Without the cause: the library's messages carry the token or its claims.
      throw new ProviderTokenRefusedError('provider_token_invalid', 'google-auth-library refused the token').because(
        () => {
          const kidText = `kid was ${quoted(ownMember(header, 'kid'))}`;
          if (ownMember(header, 'kid') === undefined) return `${kidText}; expected: the id of the key that signed.`;
          if (Array.isArray(ownMember(claims, 'aud'))) return 'aud was a list; expected: one client id as a text.';
          return `${kidText}, which is known; the signature does not verify with that key.`;
        },
      );
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
    const profile = profileOf(claims, issuer);
    return { provider: 'google', issuer, subject, ...profile, ...addressOfGoogle(claims, profile) };
  }
}

const wrongKind = (reason: string, what: string, field: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_kind', reason).because(
    () => `The token is ${what}: post it as ${field}.`,
  );
