import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person as this backend knows them. */
@Entity('social_auth_account')
@Check('social_auth_account_provider', `provider <> ''`)
@Check('social_auth_account_email', 'email is not null or not email_verified')
// Over an expression, which TypeORM cannot describe.
@Index('social_auth_account_verified_email', { synchronize: false })
export class AccountEntity {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id!: string;

  /** Follows the primary identity; not unique. */
  @Column('text', { nullable: true })
  email!: string | null;

  /** No two accounts hold the same address as verified. */
  @Column('boolean', { name: 'email_verified' })
  emailVerified!: boolean;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  picture!: string | null;

  /** The provider of the first sign-in. */
  @Column('text')
  provider!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** While set, sign-in is refused and no token of the account is accepted. */
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
}
