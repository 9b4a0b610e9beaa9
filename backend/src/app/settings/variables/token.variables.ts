import { areKeys } from '../hmac-keys';
import { Expects, isWholeNumber } from './expects.decorator';

/** The environment variables of the tokens that the server issues. */
export class TokenVariables {
  @Expects('2 to 16 lower-case letters and digits, a letter first', (value) => /^[a-z][a-z0-9]{1,15}$/.test(value))
  TOKEN_PREFIX?: string;

  @Expects('a number of seconds, 60 to 31536000', (value) => isWholeNumber(value, 60, 31_536_000))
  TOKEN_TTL_SECONDS?: string;

  @Expects('Bearer, or Bearer,Token', (value) => /^Bearer(\s*,\s*Token)?$/.test(value))
  TOKEN_AUTH_SCHEMES?: string;

  @Expects('id:base64, comma separated, with distinct ids and keys of at least 32 random bytes', areKeys)
  TOKEN_HMAC_KEYS?: string;
}
