import { Body, Controller, Inject, type Type } from '@nestjs/common';
import type { SignInClient } from '../../accounts/sign-in-client';
import { Client } from '../../endpoints/http/client-of-request';
import { SignInRoute } from '../../endpoints/sign-in/sign-in-route.decorator';
import type { SignInResponse } from '../../endpoints/sign-in/sign-in.response';
import { SignInService } from '../../endpoints/sign-in/sign-in.service';
import type { SocialAuthStrategy } from '../../verification/verified-credential';
import { strategyOf } from '../provider-definition';
import type { OidcInstance } from './oidc-instance';

/** Makes the controller of `POST /auth/oidc/<instance>`: a fixed route, so that no request chooses its issuer. */
export function oidcSocialAuthController({ instance, name, title }: OidcInstance): Type {
  @Controller(`auth/oidc/${instance}`)
  class OidcSocialAuthController {
    constructor(
      private readonly signIns: SignInService,
      @Inject(strategyOf(name)) private readonly strategy: SocialAuthStrategy,
    ) {}

    @SignInRoute(title)
    signIn(@Body() body: unknown, @Client() client: SignInClient): Promise<SignInResponse> {
      return this.signIns.exchange(name, this.strategy, body, client);
    }
  }
  // The documentation of the API names operations after their class.
  Object.defineProperty(OidcSocialAuthController, 'name', { value: `OidcSocialAuthController_${instance}` });
  return OidcSocialAuthController;
}
