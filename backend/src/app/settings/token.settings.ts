import { keysFromDirectory } from './hmac-key-file';
import type { HmacKey } from '../../social-auth';
import { parseHmacKeys } from './hmac-keys';
import type { TokenSettings } from './settings';
import { partsOf } from './variables/expects.decorator';
import type { TokenVariables } from './variables/token.variables';

/** What tokens are made with, from its variables; outside production keys are made when none are given. */
export function tokenSettings(
  variables: TokenVariables,
  dataDirectory: string,
  production: boolean,
  faults: string[],
): TokenSettings {
  return {
    prefix: variables.TOKEN_PREFIX ?? 'nte',
    ttlSeconds: Number(variables.TOKEN_TTL_SECONDS ?? 86_400),
    authSchemes: partsOf(variables.TOKEN_AUTH_SCHEMES ?? 'Bearer') as TokenSettings['authSchemes'],
    hmacKeys: hmacKeys(variables.TOKEN_HMAC_KEYS, dataDirectory, production, faults),
  };
}

function hmacKeys(given: string | undefined, directory: string, production: boolean, faults: string[]): HmacKey[] {
  if (given !== undefined) return parseHmacKeys(given) ?? [];
  if (production) {
    faults.push('TOKEN_HMAC_KEYS: expected id:base64 with at least 32 random bytes; production makes no keys itself');
    return [];
  }
  try {
    const keys = keysFromDirectory(directory);
    if (keys === undefined) faults.push('DATA_DIR: expected usable keys in its file token-hmac-keys, or no such file');
    return keys ?? [];
  } catch (error) {
    faults.push(`DATA_DIR: expected a directory that can be written (${(error as NodeJS.ErrnoException).code ?? ''})`);
    return [];
  }
}
