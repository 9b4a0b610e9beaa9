import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A token that was issued: everything about it but the token itself. */
@Entity('social_auth_token')
@Check('social_auth_token_stored', `octet_length(digest) = 32 and key_id <> ''`)
export class TokenEntity {
  /** Public id (UUIDv7): says nothing about the token. */
  @PrimaryColumn('uuid')
  id!: string;

  @Index('social_auth_token_account_id')
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** By name: the room of accounts stands on this one. */
  @ManyToOne('AccountEntity', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'social_auth_token_account' })
  account?: unknown;

  /** HMAC of the SHA-256 of the token. */
  @Index('social_auth_token_digest', { unique: true })
  @Column('bytea')
  digest!: Buffer;

  /** Which key made the digest. */
  @Column('text', { name: 'key_id' })
  keyId!: string;

  /** The provider through which its owner signed in. */
  @Column('text')
  provider!: string;

  /** What the token reaches; null: everything that its account may do. */
  @Column('text', { array: true, nullable: true })
  scopes!: string[] | null;

  /** Where the sign-in came from. */
  @Column('text', { name: 'client_address', nullable: true })
  clientAddress!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
