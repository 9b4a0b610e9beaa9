import { fail, ok, warn, type Finding } from './finding';

const NOTABLE_SECONDS = 5;
/** As much as the checks of a token allow. */
const FATAL_SECONDS = 60;

/** Between which of our moments somebody else's clock was read; all in milliseconds since 1970. */
export interface ClockReading {
  sentAt: number;
  receivedAt: number;
  shown: number;
  /** By how much the shown moment may lie before the true one: a clock in whole seconds leaves out the rest. */
  resolution?: number;
}

/** By how many seconds the other clock is ahead of ours, at the least; negative where it is behind. */
export function skewSeconds({ sentAt, receivedAt, shown, resolution = 0 }: ClockReading): number {
  const leastAhead = shown - receivedAt;
  const leastBehind = sentAt - (shown + resolution);
  if (leastAhead > 0) return leastAhead / 1000;
  return leastBehind > 0 ? -leastBehind / 1000 : 0;
}

/**
 * The same by the Date header of an answer. A cache may have answered, and says how old the answer is: some leave the
 * date of the origin then, others set their own, so of the two readings the kinder one counts.
 */
export function skewByHeaders(
  headers: Headers,
  { sentAt, receivedAt }: Pick<ClockReading, 'sentAt' | 'receivedAt'>,
): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return undefined;
  const age = Number(headers.get('age') ?? 0) * 1000 || 0;
  const [byDate = 0, byAge = 0] = [date, date + age].map((shown) =>
    skewSeconds({ sentAt, receivedAt, shown, resolution: 1000 }),
  );
  return Math.abs(byAge) < Math.abs(byDate) ? byAge : byDate;
}

/** What a difference of clocks means. */
export function clockFinding(subject: string, seconds: number): Finding {
  const size = Math.abs(seconds);
  const distance = size < 10 ? size.toFixed(1) : Math.round(size).toString();
  if (size <= NOTABLE_SECONDS) return ok(subject, size === 0 ? 'agrees with ours' : `${distance} s from ours`);
  const message = `${distance} s ${seconds > 0 ? 'ahead of' : 'behind'} ours`;
  const mend = 'Find out which of the two clocks is wrong and set it by NTP (timedatectl, chronyc tracking).';
  return size > FATAL_SECONDS ? fail(subject, message, mend) : warn(subject, message, mend);
}
