import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the accounts of machines, which are few among those of people, in the order in which they are shown. */
export class CreateMachineSearch1795305600007 implements MigrationInterface {
  readonly name = 'CreateMachineSearch1795305600007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index social_auth_account_machine on social_auth_account (id) where kind = 'machine'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index social_auth_account_machine');
  }
}
