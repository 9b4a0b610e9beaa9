import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import { InvalidRequestError } from '../../errors/social-auth.error';
import { MAXIMUM_TOKEN_LENGTH } from '../../verification/compact-jwt';
import type { PostedCredential } from '../../verification/verified-credential';

/** A field that may hold a provider token; the first fault that is found is the one that is told. */
const ProviderToken = (description: string, example: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ description, example, maxLength: MAXIMUM_TOKEN_LENGTH }),
    IsOptional(),
    IsString(),
    Length(1, MAXIMUM_TOKEN_LENGTH),
  );

/** The body of a sign-in: exactly one provider token. */
export class SignInRequest {
  @ProviderToken('An ID token of the provider.', 'eyJhbGciOiJSUzI1NiIsImtpZCI6…')
  id_token?: string;

  @ProviderToken('An access token of the provider.', 'ya29.a0AfH6SM…')
  access_token?: string;

  @ProviderToken('A token of either kind, for clients that do not tell them apart.', 'eyJhbGciOiJSUzI1NiIsImtpZCI6…')
  auth_token?: string;

  @ApiPropertyOptional({
    description: 'Whether the nonce of the ID token must be one of POST /auth/challenge; refused where it is not.',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  nonce_required?: boolean;
}

/** @throws InvalidRequestError unless exactly one token was posted. */
export function postedCredential(request: SignInRequest): PostedCredential {
  const { id_token, access_token, auth_token, nonce_required } = request;
  const posted: PostedCredential[] = [];
  if (id_token != null) posted.push({ kind: 'id_token', token: id_token });
  if (access_token != null) posted.push({ kind: 'access_token', token: access_token });
  if (auth_token != null) posted.push({ kind: 'auth_token', token: auth_token });
  const [credential] = posted;
  if (credential && posted.length === 1) return nonce_required ? { ...credential, nonceRequired: true } : credential;
  throw new InvalidRequestError('Post exactly one of id_token, access_token and auth_token.');
}
