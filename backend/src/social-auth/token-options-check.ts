import { tokenRulesOf } from './option-defaults';
import { listOf, oneOf, unmet, wholeNumber } from './option-expectations';
import type { SocialAuthOptions } from './social-auth.options';
import { TOKEN_PREFIX } from './tokens/token-format';
import type { TokenLimitPolicy } from './tokens/token-rules';

const MINIMUM_KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9._-]{1,32}$/;
const YEAR_SECONDS = 31_536_000;
const MANY = 1_000_000;
const POLICIES: readonly TokenLimitPolicy[] = ['reject', 'evict-oldest', 'evict-least-recently-used'];
/** scope-token of RFC 6749, appendix A.4. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

function keyFaults({ hmacKeys }: Partial<SocialAuthOptions['tokens']>): string[] {
  if (hmacKeys === undefined) return ['tokens.hmacKeys: expected a list of keys'];
  const ids = hmacKeys.map(({ id }) => id);
  const faults: string[] = [];
  if (ids.length === 0) faults.push('tokens.hmacKeys: expected at least one key');
  if (ids.some((id) => !KEY_ID.test(id))) faults.push('tokens.hmacKeys: expected ids of 1 to 32 of A-Z a-z 0-9 . _ -');
  if (new Set(ids).size < ids.length) faults.push('tokens.hmacKeys: expected every id once');
  if (hmacKeys.some(({ key }) => key.length < MINIMUM_KEY_BYTES)) {
    faults.push(`tokens.hmacKeys: expected keys of at least ${MINIMUM_KEY_BYTES} bytes`);
  }
  return faults;
}

const formFaults = (options: SocialAuthOptions): string[] =>
  unmet(options, {
    'tokens.prefix': {
      expected: TOKEN_PREFIX.source,
      holds: (prefix) => typeof prefix === 'string' && TOKEN_PREFIX.test(prefix),
    },
    'tokens.ttlSeconds': wholeNumber('seconds', 1, YEAR_SECONDS),
    'tokens.idleSeconds': wholeNumber('seconds', 1, YEAR_SECONDS),
    'tokens.lastUsedSeconds': wholeNumber('seconds', 0, 86_400),
    'tokens.rotationGraceSeconds': wholeNumber('seconds', 0, 3_600),
    'tokens.limit.perAccount': wholeNumber('tokens', 0, MANY),
    'tokens.limit.policy': oneOf(POLICIES),
    'tokens.personal.scopes': listOf('scopes of RFC 6749, up to 64 characters long', SCOPE),
    'tokens.personal.ttlSeconds': wholeNumber('seconds', 1, 10 * YEAR_SECONDS),
    'tokens.personal.maximumTtlSeconds': wholeNumber('seconds', 1, 10 * YEAR_SECONDS),
    'tokens.personal.idleSeconds': wholeNumber('seconds', 1, YEAR_SECONDS),
    'tokens.personal.perAccount': wholeNumber('tokens', 0, MANY),
    'tokens.cache.size': wholeNumber('tokens', 0, MANY),
    'tokens.cache.seconds': wholeNumber('seconds', 1, 3_600),
    'tokens.retentionSeconds': wholeNumber('seconds', 0, 10 * YEAR_SECONDS),
  });

/** What does not fit together, of options each of which is good by itself. */
function contradictions(options: SocialAuthOptions): string[] {
  const { lastUsedSeconds, idleSeconds, personal } = tokenRulesOf(options);
  const faults: string[] = [];
  for (const [path, idle] of [
    ['tokens.idleSeconds', idleSeconds] as const,
    ['tokens.personal.idleSeconds', personal.idleSeconds] as const,
  ]) {
    if (idle === undefined) continue;
    if (lastUsedSeconds === 0) faults.push(`${path}: expected none, because tokens.lastUsedSeconds is 0`);
    // The recorded last use lags behind by up to the interval: a token in use must not seem idle.
    else if (idle <= 2 * lastUsedSeconds) faults.push(`${path}: expected more than twice tokens.lastUsedSeconds`);
  }
  if (personal.ttlSeconds > personal.maximumTtlSeconds) {
    faults.push('tokens.personal.ttlSeconds: expected at most tokens.personal.maximumTtlSeconds');
  }
  return faults;
}

/** What is wrong with the options of tokens. */
export function tokenFaults(options: SocialAuthOptions): string[] {
  const faults = formFaults(options);
  return [...keyFaults(options.tokens), ...faults, ...(faults.length > 0 ? [] : contradictions(options))];
}
