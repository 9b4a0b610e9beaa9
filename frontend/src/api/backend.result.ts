import { fieldsOf, textOf, type Fields } from './answer.fields';

/** Why the backend, or the way to it, did not do what was asked. */
export interface Refusal {
  /** A code of the backend's error catalogue, or `backend_unavailable` or `unexpected` where it sent none. */
  code: string;
  /** The HTTP status; 0 where there was no answer. */
  status: number;
  /** The backend's own sentence: for decisions on this server only, never shown and never put into an address. */
  detail?: string;
  /** With `email_in_use`: what links the identity that was refused to the account that holds its address. */
  linkTicket?: LinkTicket;
}

/** Proof of a sign-in that was refused, to be shown by whoever signs in to the other account; a secret. */
export interface LinkTicket {
  ticket: string;
  expiresInSeconds: number;
}

/** An expected refusal is a value, not an exception. */
export type BackendResult<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** The refusal for a backend that does not answer, or not in time. */
export const BACKEND_UNAVAILABLE: Refusal = { code: 'backend_unavailable', status: 0 };

/** The refusal that an error answer stands for. */
export function refusalOf(status: number, body: unknown): Refusal {
  const fields = fieldsOf(body) ?? {};
  const { code, detail } = fields;
  const linkTicket = linkTicketOf(fields);
  if (typeof code === 'string' && /^[a-z0-9_]{1,64}$/.test(code))
    return { code, status, ...(typeof detail === 'string' && { detail }), ...(linkTicket && { linkTicket }) };
  return { code: status >= 502 && status <= 504 ? BACKEND_UNAVAILABLE.code : 'unexpected', status };
}

function linkTicketOf(fields: Fields): LinkTicket | undefined {
  const ticket = textOf(fields.link_ticket);
  const seconds = fields.link_ticket_expires_in;
  if (!ticket || ticket.length > 512 || typeof seconds !== 'number' || !(seconds > 0)) return undefined;
  return { ticket, expiresInSeconds: seconds };
}
