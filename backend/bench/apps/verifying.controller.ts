import { Body, Controller, Inject } from '@nestjs/common';
import {
  Client,
  CredentialAcceptance,
  SignInRequest,
  SignInRoute,
  strategyOf,
  ValidatedBody,
  type SignInClient,
  type SocialAuthStrategy,
} from 'nest-token-exchange';

const ANSWER = {
  token: 'nte_0000000000000000000000000000000000000000000000000',
  token_type: 'Bearer',
  expires_at: '2030-01-01T00:00:00.000Z',
  expires_in: 86_400,
  account: {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    name: 'Person 1',
    email: 'person1@example.com',
    email_verified: true,
    picture_url: 'https://example.com/1.png',
    created_at: '2026-01-01T00:00:00.000Z',
  },
  is_new_account: false,
};

/** The exchange as far as the proof: the same route, checks and answer, but nothing is read or written. */
@Controller('auth/verifying')
export class VerifyingController {
  private readonly body = new ValidatedBody();

  constructor(
    private readonly acceptance: CredentialAcceptance,
    @Inject(strategyOf('verifying')) private readonly strategy: SocialAuthStrategy,
  ) {}

  @SignInRoute('verifying')
  async verify(@Body() body: unknown, @Client() client: SignInClient): Promise<object> {
    const { id_token: token = '' } = await this.body.parse(SignInRequest, body);
    await this.acceptance.accept('verifying', this.strategy, { kind: 'id_token', token }, client);
    return ANSWER;
  }
}
