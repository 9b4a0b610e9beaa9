import { setTimeout as pause } from 'node:timers/promises';
import { guarded, signOut, type Caller } from './caller';
import type { Fleet } from './fleet';

/** Between two checks of a token that is still accepted: they are to measure, not to be what the replicas are busy with. */
const PAUSE_MS = 2;

/** How one replica took a revocation. */
export interface Ending {
  /** Whether it is the one that was asked to sign out. */
  isOwn: boolean;
  /** When the first request that it refused was sent, in milliseconds after the answer to the sign-out had come. */
  afterAnswer: number;
  /** The same, after the sign-out had been sent. */
  afterSending: number;
  /** How many requests it accepted that were sent after the answer. */
  accepted: number;
}

/**
 * Signs out at the replica whose turn it is, and asks each of them until it refuses the token.
 *
 * @returns `undefined` where the sign-out, or a request before it, was not answered in time: then nothing is promised.
 */
export async function afterlifeOf(token: string, turn: number, fleet: Fleet): Promise<Ending[] | undefined> {
  const { callers } = fleet;
  const request = guarded(token);
  // From here on it is kept in memory by all of them.
  const isKept = await Promise.all(callers.map((caller) => isAnswered(caller, request, 200)));
  if (isKept.includes(false)) return undefined;
  const own = fleet.at(turn);
  const sentAt = performance.now();
  if (!(await isAnswered(own, signOut(token), 204))) return undefined;
  const answeredAt = performance.now();
  return Promise.all(
    callers.map(async (caller) => {
      const { refusedAt, accepted } = await untilRefused(caller, request);
      const isOwn = caller === own;
      return { isOwn, afterAnswer: refusedAt - answeredAt, afterSending: refusedAt - sentAt, accepted };
    }),
  );
}

async function untilRefused(caller: Caller, request: string): Promise<{ refusedAt: number; accepted: number }> {
  for (let accepted = 0; ;) {
    const began = performance.now();
    const { status, text } = await caller.ask(request);
    if (status === 401) return { refusedAt: began, accepted };
    if (status === 200) accepted += 1;
    else if (status !== 503) throw new Error(`A check was answered with:\n${text}`);
    await pause(PAUSE_MS);
  }
}

/** Whether the answer is the one that is expected, and not 503: a machine that does other things misses deadlines. */
async function isAnswered(caller: Caller, request: string, expected: number): Promise<boolean> {
  const { status, text } = await caller.ask(request);
  if (status !== expected && status !== 503) throw new Error(`${expected} was expected of an answer:\n${text}`);
  return status === expected;
}
