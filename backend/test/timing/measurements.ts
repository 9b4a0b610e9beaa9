import { setTimeout as sleep } from 'node:timers/promises';

/*
 * How this project measures.
 *
 * It runs alone and in band, after everything else; yet no machine does nothing besides. Therefore:
 * - A figure stands beside another of the same run, taken in turns with it: what slows one of the two slows the other.
 * - Medians are compared, or the fast half of all samples: what the rest of the machine adds lies in the slow one.
 * - A bound in milliseconds is what a requirement promises. It is missed only if the figure is also several times what
 *   it stands beside.
 * - What a measurement finds counts only if every repetition, a while apart, finds the same. What is there is there
 *   every time; what the machine did besides is not.
 */

const MEASUREMENTS = 4;
const PAUSE_MS = 1_500;

/** What a measurement found wrong, each with the figures that say so. */
export type Findings = Readonly<Record<string, string>>;

/** Measures until nothing is left that every measurement has found; fails if something is left after all of them. */
export async function expectNoAgreement(measure: () => Promise<Findings>): Promise<void> {
  const seen: Findings[] = [];
  const agreed = (): string[] =>
    Object.keys(seen[0] ?? {}).filter((finding) => seen.every((findings) => finding in findings));
  for (let count = 0; count < MEASUREMENTS; count += 1) {
    if (count > 0) await sleep(PAUSE_MS);
    seen.push(await measure());
    if (agreed().length === 0) return;
  }
  const told = agreed().map((finding) => `${finding}: ${seen.map((findings) => findings[finding]).join('; ')}`);
  throw new Error(`All of ${MEASUREMENTS} measurements agree. ${told.join('. ')}.`);
}

/** How long each of several pieces of work takes, in milliseconds, when they are done in turns so many times. */
export async function inTurns<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes first in a round may find a machine that has rested.
    for (const index of names.keys()) {
      const name = names[(round + index) % names.length]!;
      samples[name].push(await millisecondsOf(works[name]));
    }
  }
  return samples;
}

/** How long some work takes, in milliseconds. */
export async function millisecondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The value that this part of all values lies below: 0.5 for the median. */
export function quantile(values: readonly number[], part = 0.5): number {
  const inOrder = [...values].sort((one, other) => one - other);
  return inOrder[Math.min(Math.floor(inOrder.length * part), inOrder.length - 1)] ?? NaN;
}

/** Finds a figure that is neither as good as promised nor within so many times the one that it stands beside. */
export function dearer(
  name: string,
  figure: number,
  beside: number,
  allowed: { factor: number; promised?: number },
): Findings {
  if (figure <= Math.max(allowed.promised ?? 0, beside * allowed.factor)) return {};
  return { [name]: `${figure.toFixed(2)} ms, beside ${beside.toFixed(2)} ms` };
}
