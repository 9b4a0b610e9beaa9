import { stringClaim } from '../../verification/credential-claims';
import { profileOf } from '../../verification/profile';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { checkedClients } from '../provider-clients';
import type { StrategyTools } from '../provider-definition';
import { checkedSecret } from '../provider-secrets';
import { addressClaimsOf } from './github-email';
import { checkTokenForm } from './github-token-form';
import { proveToken, type GithubApp } from './github-token-proof';
import { completeGithubSettings, type GithubSettings } from './github.settings';

/** Verifies access tokens of GitHub: it has no ID tokens, so that GitHub itself is asked whose each one is. */
export class GithubStrategy implements SocialAuthStrategy {
  private readonly app: GithubApp;
  private readonly issuer: string;
  private readonly maximumAgeSeconds: number;

  constructor(
    settings: GithubSettings,
    private readonly tools: Pick<StrategyTools, 'clock'>,
  ) {
    const { client, clientSecret, apiUri, issuer, maximumAgeSeconds } = completeGithubSettings(settings);
    const [{ id } = { id: '' }] = checkedClients('github', [client]);
    this.app = { apiUri, clientId: id, clientSecret: checkedSecret('github', clientSecret) };
    this.issuer = issuer;
    this.maximumAgeSeconds = maximumAgeSeconds;
  }

  async verify(posted: PostedCredential): Promise<VerifiedCredential> {
    checkTokenForm(posted);
    const { token } = posted;
    const { app, issuer, tools } = this;
    const proof = await proveToken(token, app, tools.clock.now(), this.maximumAgeSeconds);
    const { user, subject, issuedAt, expiresAt, scopes } = proof;
    const profile = profileOf(
      {
        ...(await addressClaimsOf(token, app.apiUri, scopes)),
        name: stringClaim(user, 'name') ?? stringClaim(user, 'login'),
        picture: stringClaim(user, 'avatar_url'),
      },
      issuer,
    );
    return {
      identity: { provider: 'github', issuer, subject, ...profile },
      kind: 'access_token',
      clientId: app.clientId,
      issuedAt,
      expiresAt,
      scopes,
    };
  }
}
