import { ApiProperty } from '@nestjs/swagger';
import type { IdentityEntity } from '../../accounts/identity.entity';
import { shownIdentityResponse, ShownIdentityResponse } from './identities.response';

/** Everything that is kept of an identity. */
export class KeptIdentityResponse extends ShownIdentityResponse {
  @ApiProperty({ example: 'https://accounts.google.com' })
  issuer!: string;

  @ApiProperty({ example: '104517803296471105821' })
  subject!: string;

  @ApiProperty({ description: 'Whether the provider speaks for the address itself.', example: false })
  email_authoritative!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'example.com' })
  hosted_domain!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://example.com/ada.png' })
  picture!: string | null;
}

/** What is told of an identity to its owner's export and to administrators. */
export const keptIdentityResponse = (identity: IdentityEntity): KeptIdentityResponse => ({
  ...shownIdentityResponse(identity),
  issuer: identity.issuer,
  subject: identity.subject,
  email_authoritative: identity.emailAuthoritative,
  hosted_domain: identity.hostedDomain,
  picture: identity.picture,
});
