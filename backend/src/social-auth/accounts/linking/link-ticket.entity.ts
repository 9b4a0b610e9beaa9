import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../account.entity';
import { IdentityProfileColumns } from '../profile/profile.columns';

/** An identity that was proven and refused, waiting to be linked to the account that holds its address. */
@Entity('social_auth_link_ticket')
@Check('social_auth_link_ticket_stored', 'octet_length(digest) = 32')
export class LinkTicketEntity extends IdentityProfileColumns {
  /** Of the ticket, under an HMAC key that is not in the database. */
  @PrimaryColumn('bytea')
  digest!: Buffer;

  @Index('social_auth_link_ticket_account_id')
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @ManyToOne(() => AccountEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'social_auth_link_ticket_account' })
  account!: Relation<AccountEntity>;

  @Column('text')
  provider!: string;

  @Column({ type: 'text', collation: 'C' })
  issuer!: string;

  @Column({ type: 'text', collation: 'C' })
  subject!: string;

  @Column('boolean', { name: 'email_authoritative' })
  emailAuthoritative!: boolean;

  /** When the provider proved the identity. */
  @Column('timestamptz', { name: 'authenticated_at' })
  authenticatedAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Index('social_auth_link_ticket_expires_at')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
