import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import { ownMember, type JsonObject } from './compact-jwt';
import type { VerifiedIdentity } from './verified-credential';

/** The part of an identity that describes the person rather than identifying them. */
export type Profile = Pick<VerifiedIdentity, 'email' | 'emailVerified' | 'name' | 'picture'>;

const MAXIMUM_EMAIL_LENGTH = 254;
const MAXIMUM_NAME_LENGTH = 200;
const MAXIMUM_PICTURE_LENGTH = 2_048;
/** One `@`, printable ASCII without white space: an address outside it may be looked at, never compared. */
const PLAIN_ADDRESS = /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/;
const CONTROL_OR_FORMAT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

function emailOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const hasControl = /\p{Cc}/u.test(value);
  if (!hasControl && value.length <= MAXIMUM_EMAIL_LENGTH) return value;
  throw new ProviderTokenRefusedError('provider_token_invalid', 'email is too long or has control characters');
}

/** A name as it is kept: text without control characters, at most 200 characters; nothing where none is left. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replace(CONTROL_OR_FORMAT, ' ').trim();
  return [...text].slice(0, MAXIMUM_NAME_LENGTH).join('') || undefined;
}

function pictureOf(value: unknown, issuer: string): string | undefined {
  if (typeof value !== 'string' || value.length > MAXIMUM_PICTURE_LENGTH) return undefined;
  const url = URL.parse(value);
  if (!url) return undefined;
  const { protocol, origin, href } = url;
  if (href.length > MAXIMUM_PICTURE_LENGTH) return undefined;
  // Plain http from the issuer's own origin alone: that is an issuer on loopback, outside production.
  const ofIssuer = protocol === 'http:' && origin === URL.parse(issuer)?.origin;
  return protocol === 'https:' || ofIssuer ? href : undefined;
}

/**
 * Reads the profile claims, bounded and as text.
 *
 * @param issuer who says so.
 * @param prefix stands before each name: the namespace of Auth0's custom claims.
 * @throws ProviderTokenRefusedError if the e-mail address is not one that can be stored.
 */
export function profileOf(claims: JsonObject, issuer: string, prefix = ''): Profile {
  const email = emailOf(ownMember(claims, `${prefix}email`));
  const verified = ownMember(claims, `${prefix}email_verified`) === true;
  return {
    email,
    emailVerified: verified && email !== undefined && PLAIN_ADDRESS.test(email),
    name: nameOf(ownMember(claims, `${prefix}name`)),
    picture: pictureOf(ownMember(claims, `${prefix}picture`), issuer),
  };
}
