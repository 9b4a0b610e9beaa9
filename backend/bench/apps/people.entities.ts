import {
  Column,
  CreateDateColumn,
  Entity,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';

/** An account, as an application keeps it with an ORM. */
@Entity()
export class Person {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column() name!: string;
  @Column() email!: string;
  @Column('timestamptz', { nullable: true }) lastSignInAt?: Date;
  @OneToMany(() => Identity, ({ person }) => person) identities!: Identity[];
}

/** One identity of an account at a provider. */
@Entity()
@Unique(['issuer', 'subject'])
export class Identity {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column() issuer!: string;
  @Column() subject!: string;
  @ManyToOne(() => Person, ({ identities }) => identities) person!: Person;
}

/** A token of the API, kept as its digest. */
@Entity()
export class ApiToken {
  @PrimaryColumn() digest!: string;
  @Column('timestamptz') expiresAt!: Date;
  @ManyToOne(() => Person) person!: Person;
}

/** One line of the security log. */
@Entity()
export class SignInEvent {
  @PrimaryGeneratedColumn() id!: number;
  @CreateDateColumn({ type: 'timestamptz' }) at!: Date;
  @Column() outcome!: string;
  @ManyToOne(() => Person) person!: Person;
}

/** All of them. */
export const peopleEntities = [Person, Identity, ApiToken, SignInEvent];
