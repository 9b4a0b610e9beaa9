import { fieldsOf, instantOf, textOf } from './answer.fields';

/** A live session or personal token of the account, as the backend describes it; never the token itself. */
export interface LiveSession {
  id: string;
  /** Made for a program, under a name, instead of by signing in. */
  isPersonal: boolean;
  name: string | undefined;
  /** The id of the provider that it was signed in with. */
  provider: string | undefined;
  /** On what the client runs that signed in: `web`, `ios`, `tv`, … */
  platform: string | undefined;
  address: string | undefined;
  userAgent: string | undefined;
  /** Milliseconds since 1970, as the others. */
  createdAt: number | undefined;
  lastUsedAt: number | undefined;
  expiresAt: number | undefined;
  /** The one that asks. */
  isCurrent: boolean;
}

/** The list of sessions in an answer of the backend, or undefined where there is none. */
export function readSessions(body: unknown): LiveSession[] | undefined {
  const sessions = fieldsOf(body)?.sessions;
  return Array.isArray(sessions) ? sessions.flatMap((session: unknown) => readSession(session) ?? []) : undefined;
}

function readSession(body: unknown): LiveSession | undefined {
  const fields = fieldsOf(body);
  const id = textOf(fields?.id);
  if (!fields || !id) return undefined;
  return {
    id,
    isPersonal: fields.kind === 'personal',
    name: textOf(fields.name),
    provider: textOf(fields.provider),
    platform: textOf(fields.platform),
    address: textOf(fields.client_address),
    userAgent: textOf(fields.user_agent),
    createdAt: instantOf(fields.created_at),
    lastUsedAt: instantOf(fields.last_used_at),
    expiresAt: instantOf(fields.expires_at),
    isCurrent: fields.current === true,
  };
}
