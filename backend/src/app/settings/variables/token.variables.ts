import { areKeys } from '../hmac-keys';
import { Expects, ExpectsFlag, ExpectsNumber } from './expects.decorator';

const YEAR_SECONDS = 31_536_000;
const DAY_SECONDS = 86_400;
const POLICIES = ['reject', 'evict-oldest', 'evict-least-recently-used'];

/** The environment variables of the tokens that the server issues. */
export class TokenVariables {
  @Expects('2 to 16 lower-case letters and digits, a letter first', (value) => /^[a-z][a-z0-9]{1,15}$/.test(value))
  TOKEN_PREFIX?: string;

  @ExpectsNumber('seconds', 60, YEAR_SECONDS)
  TOKEN_TTL_SECONDS?: string;

  @ExpectsNumber('seconds', 1, YEAR_SECONDS)
  TOKEN_IDLE_SECONDS?: string;

  @ExpectsNumber('seconds', 0, DAY_SECONDS)
  TOKEN_LAST_USED_SECONDS?: string;

  @ExpectsNumber('seconds', 0, 3_600)
  TOKEN_ROTATION_GRACE_SECONDS?: string;

  @ExpectsNumber('tokens', 0, 100_000)
  TOKEN_LIMIT?: string;

  @Expects(`one of ${POLICIES.join(', ')}`, (value) => POLICIES.includes(value))
  TOKEN_LIMIT_POLICY?: string;

  @ExpectsFlag()
  TOKEN_ONE_PER_ACCOUNT?: string;

  @ExpectsNumber('days', 0, 3_650)
  TOKEN_RETENTION_DAYS?: string;

  @ExpectsNumber('tokens', 0, 1_000_000)
  TOKEN_CACHE_SIZE?: string;

  @ExpectsNumber('seconds', 1, 3_600)
  TOKEN_CACHE_SECONDS?: string;

  @ExpectsNumber('seconds', 60, 10 * YEAR_SECONDS)
  PERSONAL_TOKEN_TTL_SECONDS?: string;

  @ExpectsNumber('seconds', 60, 10 * YEAR_SECONDS)
  PERSONAL_TOKEN_MAX_TTL_SECONDS?: string;

  @ExpectsNumber('tokens', 0, 100_000)
  PERSONAL_TOKEN_LIMIT?: string;

  @Expects('Bearer, or Bearer,Token', (value) => /^Bearer(\s*,\s*Token)?$/.test(value))
  TOKEN_AUTH_SCHEMES?: string;

  @Expects('id:base64, comma separated, with distinct ids and keys of at least 32 random bytes', areKeys)
  TOKEN_HMAC_KEYS?: string;

  @ExpectsNumber('milliseconds', 200, 60_000)
  REVOCATION_BOUND_MS?: string;
}
