import { ApiProperty } from '@nestjs/swagger';
import type { IdentityEntity } from '../../accounts/identity.entity';

/** What is told of an identity wherever it is shown. */
export class ShownIdentityResponse {
  @ApiProperty({ format: 'uuid', example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be003' })
  id!: string;

  @ApiProperty({ example: 'google' })
  provider!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  email!: string | null;

  @ApiProperty({ example: true })
  email_verified!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ description: 'Whether the profile of the account is that of this identity.', example: true })
  primary!: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-11-21T10:00:00.000Z' })
  last_used_at!: string | null;
}

/** One of the ways to sign in to an account. */
export class IdentityResponse extends ShownIdentityResponse {
  @ApiProperty({ description: 'The provider as people know it.', example: 'Google' })
  title!: string;
}

/** The identities of an account, the oldest first. */
export class IdentityListResponse {
  @ApiProperty({ type: [IdentityResponse] })
  identities!: IdentityResponse[];
}

/** What is told of an identity wherever it is shown. */
export const shownIdentityResponse = (identity: IdentityEntity): ShownIdentityResponse => ({
  id: identity.id,
  provider: identity.provider,
  email: identity.email,
  email_verified: identity.emailVerified,
  name: identity.name,
  primary: identity.isPrimary,
  created_at: identity.createdAt.toISOString(),
  last_used_at: identity.lastUsedAt?.toISOString() ?? null,
});

/** What the owner of an account sees of its identities. */
export const identityListResponse = (
  identities: readonly IdentityEntity[],
  titleOf: (provider: string) => string,
): IdentityListResponse => ({
  identities: identities.map((identity) => ({
    ...shownIdentityResponse(identity),
    title: titleOf(identity.provider),
  })),
});
