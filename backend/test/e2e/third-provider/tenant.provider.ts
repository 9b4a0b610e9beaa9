import { Body, Controller, Inject } from '@nestjs/common';
import { IsOptional, IsUrl } from 'class-validator';
import {
  Client,
  contextOf,
  defineProvider,
  issuerIs,
  audienceIs,
  parseCompactJwt,
  profileOf,
  SignInRoute,
  SignInService,
  strategyOf,
  subjectIsSound,
  timesHold,
  verifyJwt,
  verifyRs256Signature,
  type PostedCredential,
  type SignInClient,
  type SignInResponse,
  type SocialAuthStrategy,
  type StrategyTools,
  type VerifiedCredential,
} from '../../../src/social-auth';

/** Settings of a tenant of some OpenID provider. */
interface TenantSettings {
  issuer: string;
  clientId: string;
  jwksUri: string;
}

class TenantVariables {
  @IsOptional()
  @IsUrl()
  TENANT_ISSUER?: string;
}

const LIMITS = { maximumLifetimeSeconds: 36_000, maximumAgeSeconds: 36_000 };

class TenantStrategy implements SocialAuthStrategy {
  constructor(
    private readonly settings: TenantSettings,
    private readonly tools: StrategyTools,
  ) {}

  async verify({ token }: PostedCredential): Promise<VerifiedCredential> {
    const { issuer, clientId, jwksUri } = this.settings;
    const jwt = parseCompactJwt(token);
    await verifyJwt(jwt, {
      types: [undefined, 'jwt'],
      checks: [issuerIs([issuer]), audienceIs([clientId]), subjectIsSound, timesHold(this.tools.clock.now(), LIMITS)],
      keyStore: this.tools.keyStore(jwksUri),
      verifySignature: verifyRs256Signature,
    });
    const identity = { provider: 'tenant', issuer, subject: String(jwt.claims.sub), ...profileOf(jwt.claims, issuer) };
    return { identity, kind: 'id_token', clientId, ...contextOf(jwt.claims) };
  }
}

@Controller('auth/tenant')
class TenantSocialAuthController {
  constructor(
    private readonly signIns: SignInService,
    @Inject(strategyOf('tenant')) private readonly strategy: SocialAuthStrategy,
  ) {}

  @SignInRoute('Tenant')
  signIn(@Body() body: unknown, @Client() client: SignInClient): Promise<SignInResponse> {
    return this.signIns.exchange('tenant', this.strategy, body, client);
  }
}

/** A provider that no other file knows of. */
export const tenant = defineProvider({
  name: 'tenant',
  title: 'Tenant',
  controller: TenantSocialAuthController,
  variables: TenantVariables,
  settings: ({ TENANT_ISSUER }: TenantVariables): TenantSettings | undefined =>
    TENANT_ISSUER === undefined
      ? undefined
      : { issuer: TENANT_ISSUER, clientId: 'client', jwksUri: `${TENANT_ISSUER}/keys` },
  clients: ({ clientId }) => [clientId],
  createStrategy: (settings, tools) => new TenantStrategy(settings, tools),
});
