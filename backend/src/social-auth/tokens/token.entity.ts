import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { TokenKind } from './principal';

/** A token that was issued: everything about it but the token itself. */
@Entity('social_auth_token')
@Check('social_auth_token_stored', `octet_length(digest) = 32 and key_id <> ''`)
@Check('social_auth_token_kind', `kind in ('sign_in', 'personal')`)
@Check('social_auth_token_idle', 'idle_seconds > 0')
@Check('social_auth_token_succession', '(rotated_at is null) = (successor_id is null)')
// Over an expression, and a hash index: TypeORM can describe neither.
@Index('social_auth_token_ended', { synchronize: false })
@Index('social_auth_token_digest_hash', { synchronize: false })
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
  @Column('bytea')
  digest!: Buffer;

  /** Which key made the digest. */
  @Column('text', { name: 'key_id' })
  keyId!: string;

  @Column('text', { default: 'sign_in' })
  kind!: TokenKind;

  /** What its owner calls it; of personal tokens alone. */
  @Column('text', { nullable: true })
  name!: string | null;

  /** The provider through which its owner signed in. */
  @Column('text')
  provider!: string;

  /** The identity that signed in; without a foreign key, since it may be gone. */
  @Column('uuid', { name: 'identity_id', nullable: true })
  identityId!: string | null;

  /** The client of ours to which the provider had issued its token. */
  @Column('text', { name: 'client_id', nullable: true })
  clientId!: string | null;

  /** What that client runs on, as the settings say. */
  @Column('text', { nullable: true })
  platform!: string | null;

  /** When the provider last proved who the person is; null: the token is never fresh. */
  @Column('timestamptz', { name: 'authenticated_at', nullable: true })
  authenticatedAt!: Date | null;

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

  /** As late as the last-use writer lets it be. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  /** For how long it may lie unused; null: until it expires. */
  @Column('integer', { name: 'idle_seconds', nullable: true })
  idleSeconds!: number | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  /** The first token of its chain of rotations; null: itself. */
  @Column('uuid', { name: 'family_id', nullable: true })
  familyId!: string | null;

  @Column('timestamptz', { name: 'rotated_at', nullable: true })
  rotatedAt!: Date | null;

  /** The token that took its place. */
  @Column('uuid', { name: 'successor_id', nullable: true })
  successorId!: string | null;

  /** How often it was rotated: twice, when the first answer was lost. */
  @Column('smallint', { default: 0 })
  rotations!: number;
}
