import type { Revocation } from './revocation';

/** What a replica tells the others of revocations. */
export interface Hint {
  /** Which process has sent it: it has applied them itself. */
  sender: string;
  revocations: readonly Revocation[];
}

/** So many fit into a payload of PostgreSQL, which is shorter than 8,000 bytes. */
export const MOST_IN_A_HINT = 150;

/** The doctor's check of the bus spells it too: what it says has to be a hint to whoever hears it. */
const FORMAT = 'r1';
const SENDER = /^[0-9a-f]{16}$/;
const ABOUT = /^(token|account):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Names nothing: whoever hears it reads the feed. */
const EVERYTHING = 'feed';

/** A hint of at most {@link MOST_IN_A_HINT} revocations as one line of text. */
export const textOf = ({ sender, revocations }: Hint): string => [FORMAT, sender, ...revocations.map(wordOf)].join(' ');

/** The hint in a text, or `undefined` where it is none, or one of another release. */
export function hintIn(text: string): Hint | undefined {
  const [format, sender, ...words] = text.split(' ', MOST_IN_A_HINT + 3);
  if (format !== FORMAT || !sender || !SENDER.test(sender)) return undefined;
  if (words.length === 0 || words.length > MOST_IN_A_HINT) return undefined;
  const revocations: Revocation[] = [];
  for (const word of words) {
    const revocation = revocationIn(word);
    if (!revocation) return undefined;
    revocations.push(revocation);
  }
  return { sender, revocations };
}

function wordOf(revocation: Revocation): string {
  switch (revocation.kind) {
    case 'token':
      return `token:${revocation.tokenId}`;
    case 'account':
      return `account:${revocation.accountId}`;
    case 'everything':
      return EVERYTHING;
  }
}

function revocationIn(word: string): Revocation | undefined {
  if (word === EVERYTHING) return { kind: 'everything' };
  const [, kind, id] = ABOUT.exec(word) ?? [];
  if (kind === undefined || id === undefined) return undefined;
  return kind === 'token' ? { kind, tokenId: id } : { kind: 'account', accountId: id };
}
