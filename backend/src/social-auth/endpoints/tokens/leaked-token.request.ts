import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { MAXIMUM_TOKEN_LENGTH } from '../../verification/compact-jwt';

/** The body with which a leaked token is reported. */
export class LeakedTokenRequest {
  @ApiProperty({ maxLength: MAXIMUM_TOKEN_LENGTH, example: 'nte_0pYt5bqK7mP2vXcR9wLd3hJfG8sZa6nE1uTiQoBkVyM2oLq8e' })
  @IsString()
  @Length(1, MAXIMUM_TOKEN_LENGTH)
  token!: string;
}
