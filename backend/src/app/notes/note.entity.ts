import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../../social-auth';

/** A note of an account. */
@Entity('note')
@Check('note_text_check', 'char_length(text) BETWEEN 1 AND 1000')
// Newest first, which TypeORM cannot describe.
@Index('note_account_newest', { synchronize: false })
export class Note {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** Without a cascade: what happens to notes when their account goes is said where the server uses the module. */
  @ManyToOne(() => AccountEntity)
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'note_account' })
  account!: Relation<AccountEntity>;

  @Column('text')
  text!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
