import { ApiPropertyOptional } from '@nestjs/swagger';
import { SignInRequest } from '../../endpoints/sign-in/sign-in.request';

/** The body of a sign-in with Apple, for the description of the API: `user` is taken out before the rest is validated. */
export class AppleSignInRequest extends SignInRequest {
  @ApiPropertyOptional({
    type: 'object',
    description:
      'What Apple tells the client at the first authorization, as it came; names a new account and no other.',
    properties: {
      name: {
        type: 'object',
        properties: { firstName: { type: 'string' }, lastName: { type: 'string' } },
        additionalProperties: false,
      },
      email: { type: 'string', description: 'Not read: the address in the ID token counts.' },
    },
    additionalProperties: false,
    example: { name: { firstName: 'Ada', lastName: 'Winter' } },
  })
  user?: { name?: { firstName?: string; lastName?: string }; email?: string };
}
