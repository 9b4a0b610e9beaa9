import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import { ownMember, type JsonObject } from './compact-jwt';
import { listed, quoted } from './quoted-value';

/** The only signature algorithm that is accepted, whatever a token or a key says. [RFC 8725 3.1] */
export const SIGNATURE_ALGORITHM = 'RS256';

const KEY_ID = /^[\x20-\x7e]{1,128}$/;
const UNDERSTOOD_BY_NOBODY_HERE = ['crit', 'b64', 'zip', 'cty'];

const refused = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason);

/** Whether a string may name a key. */
export const isKeyId = (value: unknown): value is string => typeof value === 'string' && KEY_ID.test(value);

/**
 * Checks the protected header of a token before any key work and returns its key id, if it has one.
 *
 * Keys or addresses of keys in the header (`jwk`, `jku`, `x5c`, `x5u`) are never read. [RFC 8725 3.1, 3.10, 3.11]
 *
 * @param types the accepted values of `typ` in lower case; `undefined` among them accepts a token without.
 */
export function checkHeader(header: JsonObject, types: readonly (string | undefined)[]): string | undefined {
  const algorithm = ownMember(header, 'alg');
  if (algorithm !== SIGNATURE_ALGORITHM) {
    throw refused('the algorithm is not RS256').because(
      () => `alg was ${quoted(algorithm)}; expected: ${quoted(SIGNATURE_ALGORITHM)}.`,
    );
  }
  for (const name of UNDERSTOOD_BY_NOBODY_HERE) {
    if (Object.hasOwn(header, name)) throw refused(`the header has the member ${name}`);
  }
  checkType(ownMember(header, 'typ'), types);
  const kid = ownMember(header, 'kid');
  if (kid === undefined || isKeyId(kid)) return kid;
  throw refused('the key id is not 1 to 128 printable characters').because(
    () => `kid was ${quoted(kid)}; expected: 1 to 128 printable ASCII characters.`,
  );
}

function checkType(typ: unknown, types: readonly (string | undefined)[]): void {
  if (typ !== undefined && typeof typ !== 'string') throw refused('the type is not a string');
  if (types.includes(typ?.toLowerCase().replace(/^application\//, ''))) return;
  throw new ProviderTokenRefusedError('provider_token_wrong_kind', 'the header names another type of token').because(
    () => `typ was ${quoted(typ)}; expected: ${listed(types)}.`,
  );
}
