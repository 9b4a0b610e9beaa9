import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Min,
} from 'class-validator';
import type { NewPersonalToken } from '../../tokens/personal-tokens';
import { CodePoints } from '../http/code-points.decorator';

const MOST_SCOPES = 100;

/** The body with which a personal token is asked for. */
export class PersonalTokenRequest {
  @ApiProperty({ minLength: 1, maxLength: 100, example: 'Backup script' })
  @IsString()
  @CodePoints(1, 100)
  // Nor halves of surrogate pairs: the log keeps the name as JSON, in which PostgreSQL refuses them.
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: '$property must not have control characters' })
  name!: string;

  @ApiProperty({ type: [String], minItems: 1, maxItems: MOST_SCOPES, example: ['account:read'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SCOPES)
  @ArrayUnique()
  @IsString({ each: true })
  scopes!: string[];

  @ApiPropertyOptional({ description: 'Lifetime in seconds.', type: 'integer', minimum: 1, example: 2_592_000 })
  @IsOptional()
  @IsInt()
  @Min(1)
  expires_in?: number;
}

/** The wish of a client. */
export const newPersonalToken = ({ name, scopes, expires_in }: PersonalTokenRequest): NewPersonalToken => ({
  name,
  scopes,
  ttlSeconds: expires_in ?? undefined,
});
