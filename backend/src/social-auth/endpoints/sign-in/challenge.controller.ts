import { Controller, Header, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../guard/route-access';
import { Challenges } from '../../replay/challenges';
import { ApiProblems } from '../http/api-problems.decorator';
import { BodilessCallGuard } from '../http/bodiless-call.guard';
import { challengeResponse, ChallengeResponse } from './challenge.response';
import { CountsAsSignIn } from './sign-in-route.decorator';

/** Nonces that bind a provider's ID token to one sign-in. */
@ApiTags('sign-in')
@Controller('auth/challenge')
export class ChallengeController {
  constructor(private readonly challenges: Challenges) {}

  @Post()
  @Public()
  @CountsAsSignIn('bodiless')
  @Header('Cache-Control', 'no-store')
  @UseGuards(BodilessCallGuard)
  @ApiOperation({ summary: 'Ask for a nonce that one sign-in with a provider can carry' })
  @ApiCreatedResponse({ type: ChallengeResponse })
  @ApiProblems(
    'invalid_request',
    'payload_too_large',
    'unsupported_media_type',
    'too_many_requests',
    'database_unavailable',
  )
  async issue(): Promise<ChallengeResponse> {
    return challengeResponse(await this.challenges.issue());
  }
}
