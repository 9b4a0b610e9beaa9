import { Body, Controller, Inject } from '@nestjs/common';
import type { SignInClient } from '../../accounts/sign-in-client';
import { Client } from '../../endpoints/http/client-of-request';
import { SignInRoute } from '../../endpoints/sign-in/sign-in-route.decorator';
import type { SignInResponse } from '../../endpoints/sign-in/sign-in.response';
import { SignInService } from '../../endpoints/sign-in/sign-in.service';
import type { SocialAuthStrategy } from '../../verification/verified-credential';
import { strategyOf } from '../provider-definition';
import { AppleSignInRequest } from './apple-sign-in.request';
import { readAppleBody } from './apple-user';

/** `POST /auth/apple`. */
@Controller('auth/apple')
export class AppleSocialAuthController {
  constructor(
    private readonly signIns: SignInService,
    @Inject(strategyOf('apple')) private readonly strategy: SocialAuthStrategy,
  ) {}

  @SignInRoute({ title: 'Apple', request: AppleSignInRequest })
  signIn(@Body() body: unknown, @Client() client: SignInClient): Promise<SignInResponse> {
    return this.signIns.exchange('apple', this.strategy, body, client, readAppleBody);
  }
}
