import { setTimeout as sleep } from 'node:timers/promises';

const MOST_ATTEMPTS = 30;
const PAUSE_MS = 100;
const OUTAGE = 'database_unavailable';

/**
 * Asks again while the database is said to be unavailable, as a client does that heeds `Retry-After`: where many come at
 * once on a busy machine, some wait for a connection or a lock for longer than we let them.
 */
export async function persistently<Answer extends object | void>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await ask();
      const { body } = (answer ?? {}) as { body?: { code?: string } };
      if (body?.code !== OUTAGE || attempt === MOST_ATTEMPTS) return answer;
    } catch (error) {
      if ((error as { code?: string }).code !== OUTAGE || attempt === MOST_ATTEMPTS) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
