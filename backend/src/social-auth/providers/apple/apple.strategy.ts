import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import {
  audienceIs,
  audiencesOf,
  authorizedPartyIs,
  issuerIs,
  subjectIsSound,
  timesHold,
} from '../../verification/claim-checks';
import { parseCompactJwt } from '../../verification/compact-jwt';
import { contextOf, stringClaim } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { KeyStore } from '../../verification/key-store';
import { verifyRs256Signature } from '../../verification/rs256-signature';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { checkedClients, clientIdsOf } from '../provider-clients';
import type { StrategyTools } from '../provider-definition';
import { profileOfApple } from './apple-email';
import { appleDefaults, type AppleSettings } from './apple.settings';

/** Apple's newer ID tokens live for a day, older ones for ten minutes. */
const LIFETIME_SECONDS = 86_400;

/** Verifies ID tokens of Apple; its access tokens prove nothing to anybody but Apple. */
export class AppleStrategy implements SocialAuthStrategy {
  private readonly clientIds: readonly string[];
  private readonly issuers: readonly string[];
  private readonly maximumAgeSeconds: number;
  private readonly keyStore: KeyStore;

  constructor(
    settings: AppleSettings,
    private readonly tools: StrategyTools,
  ) {
    this.clientIds = clientIdsOf(checkedClients('apple', settings.clientIds));
    this.issuers = settings.issuers?.length ? settings.issuers : appleDefaults.issuers;
    this.maximumAgeSeconds = settings.maximumAgeSeconds ?? appleDefaults.maximumAgeSeconds;
    this.keyStore = tools.keyStore(settings.jwksUri ?? appleDefaults.jwksUri);
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
    if (kind === 'access_token') {
      throw new ProviderTokenRefusedError(
        'provider_token_wrong_kind',
        'an access token of Apple proves nobody',
      ).because(() => 'Apple says nothing of its access tokens; expected: an ID token, posted as id_token.');
    }
    const { clientIds, maximumAgeSeconds } = this;
    const jwt = parseCompactJwt(token);
    await verifyJwt(jwt, {
      types: [undefined, 'jwt'],
      checks: [
        issuerIs(this.issuers),
        audienceIs(clientIds),
        authorizedPartyIs(clientIds),
        subjectIsSound,
        timesHold(this.tools.clock.now(), { maximumLifetimeSeconds: LIFETIME_SECONDS, maximumAgeSeconds }),
      ],
      keyStore: this.keyStore,
      verifySignature: verifyRs256Signature,
    });
    const { claims } = jwt;
    const [issuer = ''] = this.issuers;
    const subject = stringClaim(claims, 'sub') ?? '';
    return {
      identity: { provider: 'apple', issuer, subject, ...profileOfApple(claims, issuer) },
      kind: 'id_token',
      clientId: audiencesOf(claims)[0] ?? '',
      ...contextOf(claims),
    };
  }
}
