import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats an attempt until it no longer throws, and yields what it returned; its last error after `withinMs`. */
export async function eventually<T>(attempt: () => T | Promise<T>, withinMs = 20_000, everyMs = 50): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await sleep(everyMs);
  }
}
