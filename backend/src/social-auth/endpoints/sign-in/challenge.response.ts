import { ApiProperty } from '@nestjs/swagger';
import type { Challenge } from '../../replay/challenges';

/** A nonce for one sign-in with a provider: the only time that it is shown. */
export class ChallengeResponse {
  @ApiProperty({
    description: 'Give it to the provider as the nonce of the sign-in, as it is or as its SHA-256.',
    example: 'q1V0bF3xk0nJm3m0cYzv2m8s2k1r9dWqgE5hT7uLx4A',
  })
  nonce!: string;

  @ApiProperty({ description: 'Seconds from now.', example: 600 })
  expires_in!: number;
}

/** What a client is answered that asks for a nonce. */
export const challengeResponse = ({ nonce, expiresIn }: Challenge): ChallengeResponse => ({
  nonce,
  expires_in: expiresIn,
});
