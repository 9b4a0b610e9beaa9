import { fieldsOf, instantOf, textOf } from './answer.fields';

/** Something that happened to the account, as the backend's security log has it. */
export interface AccountEvent {
  id: string;
  type: string;
  /** Milliseconds since 1970. */
  at: number;
  provider: string | undefined;
  address: string | undefined;
  userAgent: string | undefined;
  byAdministrator: boolean;
}

/** A page of the security log, newest first. */
export interface AccountEvents {
  events: AccountEvent[];
  /** What to ask for to get the older ones; undefined where there are none. */
  next: string | undefined;
}

/** The events in an answer of the backend, or undefined where there are none. */
export function readEvents(body: unknown): AccountEvents | undefined {
  const fields = fieldsOf(body);
  if (!Array.isArray(fields?.events)) return undefined;
  return { events: fields.events.flatMap((event: unknown) => readEvent(event) ?? []), next: textOf(fields.next) };
}

function readEvent(body: unknown): AccountEvent | undefined {
  const fields = fieldsOf(body);
  const id = textOf(fields?.id);
  const type = textOf(fields?.type);
  const at = instantOf(fields?.at);
  if (!fields || !id || !type || at === undefined) return undefined;
  return {
    id,
    type,
    at,
    provider: textOf(fields.provider),
    address: textOf(fields.client_address),
    userAgent: textOf(fields.user_agent),
    byAdministrator: fields.by_administrator === true,
  };
}
