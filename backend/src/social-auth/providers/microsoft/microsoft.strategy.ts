import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { audienceIs, audiencesOf, authorizedPartyIs, subjectIsSound, timesHold } from '../../verification/claim-checks';
import { parseCompactJwt } from '../../verification/compact-jwt';
import { contextOf, stringClaim } from '../../verification/credential-claims';
import { verifyJwt } from '../../verification/jwt-verification';
import type { KeyStore } from '../../verification/key-store';
import { profileOf } from '../../verification/profile';
import { verifyRs256Signature } from '../../verification/rs256-signature';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { checkedClients, clientIdsOf } from '../provider-clients';
import { ProviderSettingsError, type StrategyTools } from '../provider-definition';
import { isGuid, MicrosoftAuthority } from './microsoft-authority';
import { issuerIsOfTenant, keyIsOfIssuer, objectIdIsSound } from './microsoft-tenant';
import { MICROSOFT_ISSUER, type MicrosoftSettings } from './microsoft.settings';

const MAXIMUM_AGE_SECONDS = 86_400;
/** A day for personal accounts, and the five minutes by which Microsoft dates `iat` back. */
const LIFETIME_SECONDS = MAXIMUM_AGE_SECONDS + 300;

/** Verifies ID tokens of Microsoft's identity platform; its access tokens are for other APIs than this. */
export class MicrosoftStrategy implements SocialAuthStrategy {
  private readonly clientIds: readonly string[];
  private readonly authority: MicrosoftAuthority;
  private readonly keyStore: KeyStore;

  constructor(
    private readonly settings: MicrosoftSettings,
    private readonly tools: StrategyTools,
  ) {
    const { clientIds, issuer = MICROSOFT_ISSUER, allowedTenants } = settings;
    this.clientIds = clientIdsOf(checkedClients('microsoft', clientIds));
    const authority = MicrosoftAuthority.of(issuer);
    if (!authority) throw new ProviderSettingsError([`microsoft: expected an issuer like ${MICROSOFT_ISSUER}`]);
    // An empty list would let everybody in, or nobody: whoever wrote it meant one of the two.
    const isList = Array.isArray(allowedTenants) && allowedTenants.length > 0 && allowedTenants.every(isGuid);
    if (allowedTenants !== undefined && !isList) {
      throw new ProviderSettingsError(['microsoft: expected allowedTenants to be a list of ids in lower case']);
    }
    this.authority = authority;
    this.keyStore = tools.keyStore(authority.jwksUri);
  }

  async verify({ kind, token }: PostedCredential): Promise<VerifiedCredential> {
    if (kind === 'access_token') {
      throw new ProviderTokenRefusedError('provider_token_wrong_kind', 'only ID tokens are accepted').because(
        () => 'An access token of Microsoft is for the API that it names; expected: an ID token, posted as id_token.',
      );
    }
    const { clientIds, authority, keyStore } = this;
    const { allowedTenants = [], maximumAgeSeconds = MAXIMUM_AGE_SECONDS } = this.settings;
    const jwt = parseCompactJwt(token);
    const { claims } = jwt;
    const claim = (name: string): string => stringClaim(claims, name) ?? '';
    await verifyJwt(jwt, {
      types: [undefined, 'jwt'],
      checks: [
        issuerIsOfTenant(authority, allowedTenants),
        audienceIs(clientIds),
        authorizedPartyIs(clientIds),
        subjectIsSound,
        objectIdIsSound,
        timesHold(this.tools.clock.now(), { maximumLifetimeSeconds: LIFETIME_SECONDS, maximumAgeSeconds }),
      ],
      keyStore,
      verifySignature: async (signed, key) => {
        keyIsOfIssuer(key, claim('tid'), claim('iss'));
        await verifyRs256Signature(signed, key);
      },
    });
    const issuer = claim('iss');
    return {
      // A tenant's administrator writes any address into a token: Microsoft vouches for none of them.
      identity: {
        provider: 'microsoft',
        issuer,
        subject: claim('oid'),
        ...profileOf(claims, issuer),
        emailVerified: false,
      },
      kind: 'id_token',
      clientId: audiencesOf(claims)[0] ?? '',
      ...contextOf(claims),
    };
  }
}
