import type { EntityManager } from 'typeorm';
import type { SocialAuthDatabase } from '../../database/social-auth.database';
import { DatabaseUnavailableError } from '../../errors/social-auth.error';

const MOST_ATTEMPTS = 3;

/** Something has changed while a transaction waited for a lock, so that its locks are not those that it needs. */
export class StartOver extends Error {}

/** Runs `work` in a transaction, and again in another one when it throws {@link StartOver}. */
export async function inTransaction<Result>(
  database: SocialAuthDatabase,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (!(error instanceof StartOver)) throw error;
      if (attempt === MOST_ATTEMPTS) throw new DatabaseUnavailableError(error);
    }
  }
}
