import type { LinkTicket } from '../api/backend.result';
import { textOf, type Fields } from '../api/answer.fields';

const LONGEST_LABEL = 200;
const LONGEST_SECONDS = 3_600;

/** A link ticket of the backend with what the person is shown of it, as its cookie holds them. */
export interface KeptTicket {
  ticket: string;
  /** The id of the provider of the sign-in that was refused. */
  provider: string;
  /** Who that was: an e-mail address or a name. */
  label: string | undefined;
}

/** What to keep of a ticket, and for how many seconds. */
export function ticketToKeep(
  { ticket, expiresInSeconds }: LinkTicket,
  provider: string,
  label: string | null | undefined,
): { content: Fields; seconds: number } {
  const content = { ticket, provider, label: label?.slice(0, LONGEST_LABEL) };
  return { content, seconds: Math.ceil(Math.min(expiresInSeconds, LONGEST_SECONDS)) };
}

/** The ticket in a cookie that was opened, or undefined where there is none. */
export function readKeptTicket(fields: Fields | undefined): KeptTicket | undefined {
  const ticket = textOf(fields?.ticket);
  const provider = textOf(fields?.provider);
  return ticket && provider ? { ticket, provider, label: textOf(fields?.label) } : undefined;
}
