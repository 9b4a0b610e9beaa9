import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A note of an account. */
@Entity('note')
export class Note {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('text')
  text!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
