import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { AccountEntity } from './account.entity';
import { IdentityProfileColumns } from './profile/profile.columns';

/** One person at one provider. */
@Entity('social_auth_identity')
@Unique('social_auth_identity_key', ['issuer', 'subject'])
@Check('social_auth_identity_names', `provider <> '' and issuer <> '' and subject <> ''`)
@Check('social_auth_identity_email', 'email is not null or not email_verified')
@Index('social_auth_identity_primary', ['accountId'], { unique: true, where: 'is_primary' })
export class IdentityEntity extends IdentityProfileColumns {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id!: string;

  @Index('social_auth_identity_account_id')
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @ManyToOne(() => AccountEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'social_auth_identity_account' })
  account!: Relation<AccountEntity>;

  @Column('text')
  provider!: string;

  /** Compared byte for byte, as the subject. */
  @Column({ type: 'text', collation: 'C' })
  issuer!: string;

  @Index('social_auth_identity_subject')
  @Column({ type: 'text', collation: 'C' })
  subject!: string;

  // There were rows before there was this column.
  @Column('boolean', { name: 'email_authoritative', default: false })
  emailAuthoritative!: boolean;

  /** The last sign-in through it. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  /** The identity whose profile is the account's; at first, the first one. */
  @Column('boolean', { name: 'is_primary' })
  isPrimary!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
