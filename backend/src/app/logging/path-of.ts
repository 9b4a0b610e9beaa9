import { scrubText } from './scrub-text';

const LONGEST_PATH = 512;
/** A longer path is cut between two segments before it is scrubbed: half a token looks like none. */
const LONGEST_SCRUBBED = 2000;

/** The path of a request target, without its query: people put tokens there. */
export function pathOf(target: string): string {
  return withoutQuery(target).slice(0, LONGEST_PATH);
}

/** The path of a request target as a log may show it: people put tokens and addresses into paths, too. */
export function loggedPathOf(target: string): string {
  const path = wholeSegments(withoutQuery(target));
  const decoded = decode(path);
  // Segment by segment: an e-mail address may hold a slash, and would take the path before it along.
  const clean = scrubText(decoded.split('/').map(scrubText).join('/'));
  return (clean === decoded ? path : clean).slice(0, LONGEST_PATH);
}

function withoutQuery(target: string): string {
  return target.split(/[?#]/, 1)[0]!;
}

function wholeSegments(path: string): string {
  return path.length <= LONGEST_SCRUBBED ? path : path.slice(0, path.lastIndexOf('/', LONGEST_SCRUBBED - 1) + 1);
}

/** Undoes the encoding of visible ASCII characters alone: it never fails, and makes no character that spoils a line. */
function decode(path: string): string {
  return path.replace(/%(2[1-9a-f]|[3-6][\da-f]|7[\da-e])/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
