import { setTimeout as pause } from 'node:timers/promises';

/**
 * Begins work at a steady rate, whatever becomes of what was begun before, and waits for all of it.
 *
 * @param goesOn asked before each piece.
 * @param work told its number and when it was due.
 * @throws what the first piece of work that failed threw; no further piece begins.
 */
export async function atRate<Result>(
  perSecond: number,
  goesOn: (index: number) => boolean,
  work: (index: number, due: number) => Promise<Result>,
): Promise<Result[]> {
  const begun: Promise<Result>[] = [];
  const begin = performance.now();
  let hasFailed = false;
  for (let index = 0; goesOn(index) && !hasFailed; index++) {
    const due = begin + (index * 1_000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    const piece = work(index, due);
    piece.catch(() => (hasFailed = true));
    begun.push(piece);
  }
  return Promise.all(begun);
}
