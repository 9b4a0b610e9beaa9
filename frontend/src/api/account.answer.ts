import { fieldsOf, instantOf, textOf } from './answer.fields';

/** An account as the backend describes it. */
export interface Account {
  id: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  picture: string | null;
  /** The id of the provider of its first sign-in. */
  provider: string;
  /** Milliseconds since 1970; undefined in the answer to a sign-in. */
  createdAt: number | undefined;
}

/** The account in an answer of the backend, or undefined where there is none. */
export function readAccount(body: unknown): Account | undefined {
  const fields = fieldsOf(body);
  const id = textOf(fields?.id);
  const provider = textOf(fields?.provider);
  if (!fields || !id || !provider) return undefined;
  return {
    id,
    provider,
    email: textOf(fields.email) ?? null,
    emailVerified: fields.email_verified === true,
    name: textOf(fields.name) ?? null,
    picture: readPictureAddress(fields.picture),
    createdAt: instantOf(fields.created_at),
  };
}

/** Only an http(s) address may end in an `<img src>`. */
function readPictureAddress(value: unknown): string | null {
  const text = textOf(value);
  if (!text || text.length > 2_000 || !URL.canParse(text)) return null;
  return /^https?:$/.test(new URL(text).protocol) ? text : null;
}
