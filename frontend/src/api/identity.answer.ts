import { fieldsOf, instantOf, textOf } from './answer.fields';

/** A way to sign in to the account, as the backend describes it. */
export interface LinkedIdentity {
  id: string;
  /** The provider's id, and its name for people. */
  provider: string;
  title: string;
  email: string | undefined;
  emailVerified: boolean;
  name: string | undefined;
  /** The account's profile follows this one. */
  isPrimary: boolean;
  /** Milliseconds since 1970, as the other. */
  createdAt: number | undefined;
  lastUsedAt: number | undefined;
}

/** The list of identities in an answer of the backend, or undefined where there is none. */
export function readIdentities(body: unknown): LinkedIdentity[] | undefined {
  const identities = fieldsOf(body)?.identities;
  return Array.isArray(identities)
    ? identities.flatMap((identity: unknown) => readIdentity(identity) ?? [])
    : undefined;
}

function readIdentity(body: unknown): LinkedIdentity | undefined {
  const fields = fieldsOf(body);
  const id = textOf(fields?.id);
  const provider = textOf(fields?.provider);
  if (!fields || !id || !provider) return undefined;
  return {
    id,
    provider,
    title: textOf(fields.title) ?? provider,
    email: textOf(fields.email),
    emailVerified: fields.email_verified === true,
    name: textOf(fields.name),
    isPrimary: fields.primary === true,
    createdAt: instantOf(fields.created_at),
    lastUsedAt: instantOf(fields.last_used_at),
  };
}
