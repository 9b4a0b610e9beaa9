/** The furthest from 1970 that a Date can be. */
const LONGEST_TIME_MS = 8.64e15;

/** A moment in seconds since 1970, with its date where it has one. */
export function shownMoment(seconds: number): string {
  const milliseconds = seconds * 1000;
  if (Math.abs(milliseconds) > LONGEST_TIME_MS) return String(seconds);
  return `${seconds} (${new Date(milliseconds).toISOString()})`;
}

/** Where a moment that a claim names lies on this server's clock; both in seconds since 1970. */
export function onOurClock(name: string, moment: number, now: number): string {
  const side = moment > now ? 'ahead of' : 'behind';
  const distance = Math.abs(Math.round(moment - now));
  return `${name} was ${shownMoment(moment)}, ${distance} s ${side} this server's clock, ${shownMoment(Math.round(now))}.`;
}
