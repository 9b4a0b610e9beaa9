import { createHash } from 'node:crypto';
import { fieldsOf, textOf, type Fields } from '../api/answer.fields';

/** What a provider's form calls a person: told once, signed by nobody. */
export interface PersonName {
  firstName?: string;
  lastName?: string;
}

/** To which answer of which provider a name belongs. */
export interface NameOccasion {
  provider: string;
  state: string | null;
}

const LONGEST_FORM_FIELD = 4_096;
const LONGEST_PART = 100;

/** The name in the field `user` of a provider's form, `{"name":{"firstName":…,"lastName":…}}`; nothing else is read. */
export function postedName(user: string | undefined): PersonName | undefined {
  if (user === undefined || user.length > LONGEST_FORM_FIELD) return undefined;
  try {
    return nameIn(fieldsOf(fieldsOf(JSON.parse(user))?.name));
  } catch {
    return undefined;
  }
}

/** What to keep of a name until next-auth has proven whose it is. */
export function nameToKeep({ firstName, lastName }: PersonName, { provider, state }: NameOccasion): Fields {
  return { firstName, lastName, provider, state: digest(state ?? '') };
}

/** The name in a cookie that was opened, if it came with the answer that is being received. */
export function keptName(fields: Fields | undefined, { provider, state }: NameOccasion): PersonName | undefined {
  const isOfThis = state !== null && fields?.provider === provider && fields.state === digest(state);
  return isOfThis ? nameIn(fields) : undefined;
}

function nameIn(fields: Fields | undefined): PersonName | undefined {
  const firstName = textOf(fields?.firstName)?.slice(0, LONGEST_PART);
  const lastName = textOf(fields?.lastName)?.slice(0, LONGEST_PART);
  return firstName || lastName ? { firstName, lastName } : undefined;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
