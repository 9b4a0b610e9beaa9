import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the table of notes, with the index that lists those of an account. */
export class CreateNote1764000000000 implements MigrationInterface {
  readonly name = 'CreateNote1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE note (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT note_account REFERENCES social_auth_account,
        text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 1000),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX note_account_newest ON note (account_id, created_at DESC, id DESC)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE note');
  }
}
