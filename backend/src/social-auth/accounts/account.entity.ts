import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person as this backend knows them. */
@Entity('social_auth_account')
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
