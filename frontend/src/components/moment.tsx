import { dateText } from '../messages/date.text';

/** A point in time, for people and for machines; a word where there is none. */
export function Moment({ instant, otherwise = 'unknown' }: { instant: number | undefined; otherwise?: string }) {
  if (instant === undefined) return otherwise;
  return <time dateTime={new Date(instant).toISOString()}>{dateText(instant)}</time>;
}
