import type { SignInBody } from '../../endpoints/sign-in/sign-in-body';
import { InvalidRequestError } from '../../errors/social-auth.error';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { nameOf } from '../../verification/profile';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object that may stand there, with no members but these. */
function objectOf(value: unknown, name: string, members: readonly string[]): JsonObject {
  if (!isObject(value)) throw new InvalidRequestError(`${name} must be an object.`);
  if (Object.keys(value).every((member) => members.includes(member))) return value;
  throw new InvalidRequestError(`${name} must have no members but ${members.join(' and ')}.`);
}

function partOf(name: JsonObject, part: string): string {
  const value = ownMember(name, part) ?? '';
  if (typeof value === 'string') return nameOf(value) ?? '';
  throw new InvalidRequestError(`user.name.${part} must be a string.`);
}

/**
 * Takes `user` out of a body, as Apple hands it to the client at the first authorization: `{"name": {"firstName": …,
 * "lastName": …}, "email": …}`. Apple signs none of it, and whoever posts a token can write into it what they like. So a
 * name is all that is read, for a new account; the address may stand there and counts for nothing: the signed one does.
 *
 * @throws InvalidRequestError if it is there and not of that form.
 */
export function readAppleBody(body: unknown): SignInBody {
  if (!isObject(body) || !Object.hasOwn(body, 'user')) return { body };
  const { user, ...rest } = body;
  if (user == null) return { body: rest };
  const name = ownMember(objectOf(user, 'user', ['name', 'email']), 'name');
  if (name == null) return { body: rest };
  const parts = objectOf(name, 'user.name', ['firstName', 'lastName']);
  return { body: rest, claimedName: nameOf(`${partOf(parts, 'firstName')} ${partOf(parts, 'lastName')}`) };
}
