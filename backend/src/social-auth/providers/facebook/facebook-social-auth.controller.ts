import { Body, Controller, Inject } from '@nestjs/common';
import type { SignInClient } from '../../accounts/sign-in-client';
import { Client } from '../../endpoints/http/client-of-request';
import { SignInRoute } from '../../endpoints/sign-in/sign-in-route.decorator';
import type { SignInResponse } from '../../endpoints/sign-in/sign-in.response';
import { SignInService } from '../../endpoints/sign-in/sign-in.service';
import type { SocialAuthStrategy } from '../../verification/verified-credential';
import { strategyOf } from '../provider-definition';

/** `POST /auth/facebook`. */
@Controller('auth/facebook')
export class FacebookSocialAuthController {
  constructor(
    private readonly signIns: SignInService,
    @Inject(strategyOf('facebook')) private readonly strategy: SocialAuthStrategy,
  ) {}

  @SignInRoute('Facebook')
  signIn(@Body() body: unknown, @Client() client: SignInClient): Promise<SignInResponse> {
    return this.signIns.exchange('facebook', this.strategy, body, client);
  }
}
