import { Column } from 'typeorm';

/** A profile as it is kept of an account: text, never HTML. */
export abstract class ProfileColumns {
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('boolean', { name: 'email_verified' })
  emailVerified!: boolean;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  picture!: string | null;
}

/** A profile as it is kept of an identity, with what its provider says of the address. */
export abstract class IdentityProfileColumns extends ProfileColumns {
  /** The provider's own domain of an organisation, as the last sign-in said. */
  @Column('text', { name: 'hosted_domain', nullable: true })
  hostedDomain!: string | null;

  /** Whether the provider speaks for the address itself, and not only for having checked it once. */
  abstract emailAuthoritative: boolean;
}
