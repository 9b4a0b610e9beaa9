import type { HmacKey, TokenLimitPolicy } from '../../social-auth';
import { keysFromDirectory } from './hmac-key-file';
import { parseHmacKeys } from './hmac-keys';
import type { TokenSettings } from './settings';
import { flagIn, numberIn, partsIn, secondsOfDays } from './variable-values';
import type { TokenVariables } from './variables/token.variables';

/** As the module has them: what another variable is compared with where only that one is set. */
const LAST_USED_SECONDS = 60;
const LONGEST_PERSONAL_SECONDS = 31_536_000;

/** What tokens are made with, from its variables; outside production keys are made when none are given. */
export function tokenSettings(
  variables: TokenVariables,
  dataDirectory: string,
  production: boolean,
  faults: string[],
): TokenSettings {
  faults.push(...contradictions(variables));
  return {
    prefix: variables.TOKEN_PREFIX ?? 'nte',
    ttlSeconds: Number(variables.TOKEN_TTL_SECONDS ?? 86_400),
    idleSeconds: numberIn(variables.TOKEN_IDLE_SECONDS),
    lastUsedSeconds: numberIn(variables.TOKEN_LAST_USED_SECONDS),
    rotationGraceSeconds: numberIn(variables.TOKEN_ROTATION_GRACE_SECONDS),
    limit: tokenLimit(variables),
    personal: personalTokens(variables),
    cache: { size: numberIn(variables.TOKEN_CACHE_SIZE), seconds: numberIn(variables.TOKEN_CACHE_SECONDS) },
    retentionSeconds: secondsOfDays(variables.TOKEN_RETENTION_DAYS),
    authSchemes: partsIn(variables.TOKEN_AUTH_SCHEMES ?? 'Bearer') as TokenSettings['authSchemes'],
    hmacKeys: hmacKeys(variables.TOKEN_HMAC_KEYS, dataDirectory, production, faults),
    revocationBoundMs: numberIn(variables.REVOCATION_BOUND_MS),
  };
}

function contradictions(variables: TokenVariables): string[] {
  const faults: string[] = [];
  const { TOKEN_ONE_PER_ACCOUNT, TOKEN_LIMIT, TOKEN_LIMIT_POLICY } = variables;
  if (flagIn(TOKEN_ONE_PER_ACCOUNT) && (TOKEN_LIMIT ?? TOKEN_LIMIT_POLICY) !== undefined) {
    faults.push('TOKEN_ONE_PER_ACCOUNT: expected false, or neither TOKEN_LIMIT nor TOKEN_LIMIT_POLICY beside it');
  }
  const idle = numberIn(variables.TOKEN_IDLE_SECONDS) ?? 0;
  const lastUsed = numberIn(variables.TOKEN_LAST_USED_SECONDS) ?? LAST_USED_SECONDS;
  if (idle > 0 && (lastUsed === 0 || idle <= 2 * lastUsed)) {
    faults.push('TOKEN_IDLE_SECONDS: expected more than twice TOKEN_LAST_USED_SECONDS, which then must not be 0');
  }
  const longest = numberIn(variables.PERSONAL_TOKEN_MAX_TTL_SECONDS) ?? LONGEST_PERSONAL_SECONDS;
  if ((numberIn(variables.PERSONAL_TOKEN_TTL_SECONDS) ?? 0) > longest) {
    faults.push('PERSONAL_TOKEN_TTL_SECONDS: expected at most PERSONAL_TOKEN_MAX_TTL_SECONDS');
  }
  return faults;
}

function tokenLimit(variables: TokenVariables): TokenSettings['limit'] {
  if (flagIn(variables.TOKEN_ONE_PER_ACCOUNT)) return { perAccount: 1, policy: 'evict-oldest' };
  return {
    perAccount: numberIn(variables.TOKEN_LIMIT),
    policy: variables.TOKEN_LIMIT_POLICY as TokenLimitPolicy | undefined,
  };
}

function personalTokens(variables: TokenVariables): TokenSettings['personal'] {
  return {
    ttlSeconds: numberIn(variables.PERSONAL_TOKEN_TTL_SECONDS),
    maximumTtlSeconds: numberIn(variables.PERSONAL_TOKEN_MAX_TTL_SECONDS),
    perAccount: numberIn(variables.PERSONAL_TOKEN_LIMIT),
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
