import type { Target } from '../targets';
import type { Measurement } from './measurement';

/** What became of a target in one run. */
export interface Verdict extends Target {
  /** Undefined if one of the two was not measured. */
  reached: number | undefined;
  outcome: 'met' | 'missed' | 'not measured';
}

/**
 * Compares what was reached with the targets. Both sides of a target are taken relative to the yardstick that ran beside
 * each of them: what the machine did meanwhile cancels out.
 */
export function judge(measurements: readonly Measurement[], targets: readonly Target[]): Verdict[] {
  const relatives = new Map(measurements.map(({ name, relative }) => [name, relative]));
  return targets.map((target) => {
    const [of, against] = [relatives.get(target.of), relatives.get(target.against)];
    if (of === undefined || against === undefined) return { ...target, reached: undefined, outcome: 'not measured' };
    const reached = of / against;
    return { ...target, reached, outcome: reached >= target.atLeast ? 'met' : 'missed' };
  });
}
