import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AccountKind } from '../tokens/principal';
import { ProfileColumns } from './profile/profile.columns';

/** A person or a machine as this backend knows them; no two accounts hold the same address as verified. */
@Entity('social_auth_account')
@Check('social_auth_account_provider', `provider <> ''`)
@Check('social_auth_account_kind', `kind in ('person', 'machine')`)
@Check('social_auth_account_email', 'email is not null or not email_verified')
// Over an expression, which TypeORM cannot describe.
@Index('social_auth_account_verified_email', { synchronize: false })
@Index('social_auth_account_email', { synchronize: false })
@Index('social_auth_account_disabled', ['id'], { where: 'disabled_at is not null' })
@Index('social_auth_account_machine', ['id'], { where: `kind = 'machine'` })
export class AccountEntity extends ProfileColumns {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { default: 'person' })
  kind!: AccountKind;

  /** The provider of the first sign-in. */
  @Column('text')
  provider!: string;

  /** What `@RequireRoles()` asks for. */
  @Column('text', { array: true, default: '{}' })
  roles!: string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** While set, sign-in is refused and no token of the account is accepted. */
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  /** Provider tokens issued before it are not accepted as bearer tokens; null: they are, whatever their age. */
  @Column('timestamptz', { name: 'not_before', nullable: true })
  notBefore!: Date | null;
}
