import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { InvalidRequestError } from '../errors/social-auth.error';
import { MAXIMUM_TOKEN_LENGTH } from '../verification/compact-jwt';
import type { PostedCredential } from '../verification/verified-credential';

/** The body of a sign-in: exactly one provider token. */
export class SignInRequest {
  @ApiPropertyOptional({ description: 'An ID token of the provider.', example: 'eyJhbGciOiJSUzI1NiIsImtpZCI6…' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAXIMUM_TOKEN_LENGTH)
  id_token?: string;

  @ApiPropertyOptional({ description: 'An access token of the provider.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAXIMUM_TOKEN_LENGTH)
  access_token?: string;

  @ApiPropertyOptional({ description: 'A token of either kind.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAXIMUM_TOKEN_LENGTH)
  auth_token?: string;
}

/** @throws InvalidRequestError unless exactly one token was posted. */
export function postedCredential({ id_token, access_token, auth_token }: SignInRequest): PostedCredential {
  const posted: PostedCredential[] = [];
  if (id_token != null) posted.push({ kind: 'id_token', token: id_token });
  if (access_token != null) posted.push({ kind: 'access_token', token: access_token });
  if (auth_token != null) posted.push({ kind: 'auth_token', token: auth_token });
  const [credential] = posted;
  if (credential && posted.length === 1) return credential;
  throw new InvalidRequestError('Post exactly one of id_token, access_token and auth_token.');
}
