import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { AccountEntity } from './account.entity';

/** One person at one provider. */
@Entity('social_auth_identity')
@Unique('social_auth_identity_key', ['issuer', 'subject'])
@Check('social_auth_identity_names', `provider <> '' and issuer <> '' and subject <> ''`)
@Check('social_auth_identity_email', 'email is not null or not email_verified')
@Index('social_auth_identity_primary', ['accountId'], { unique: true, where: 'is_primary' })
export class IdentityEntity {
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

  @Column({ type: 'text', collation: 'C' })
  subject!: string;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('boolean', { name: 'email_verified' })
  emailVerified!: boolean;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  picture!: string | null;

  /** The account's first identity: its profile is the account's. */
  @Column('boolean', { name: 'is_primary' })
  isPrimary!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
