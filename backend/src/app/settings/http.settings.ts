import type { HttpSettings, LimitSettings } from './settings';
import { flagIn, partsIn } from './variable-values';
import type { HttpVariables } from './variables/http.variables';

/** How the server is reached, from its variables. */
export function httpSettings(variables: HttpVariables, faults: string[]): HttpSettings {
  if (variables.TRUSTED_PROXIES !== undefined && variables.TRUST_PROXY_HOPS !== undefined) {
    faults.push('TRUSTED_PROXIES, TRUST_PROXY_HOPS: expected one of the two, not both');
  }
  const explainRefusals = flagIn(variables.EXPLAIN_REFUSALS) ?? false;
  if (explainRefusals && variables.NODE_ENV === 'production') {
    faults.push('EXPLAIN_REFUSALS: expected false; production tells no stranger what it is configured with');
  }
  return {
    host: variables.HOST ?? '127.0.0.1',
    port: Number(variables.PORT ?? 3001),
    docs: flagIn(variables.DOCS) ?? variables.NODE_ENV !== 'production',
    corsOrigins: partsIn(variables.CORS_ORIGINS),
    trustProxy: trustProxy(variables),
    frontendSharedSecret: variables.FRONTEND_SHARED_SECRET,
    explainRefusals,
  };
}

/** What the limits need, from its variables. */
export function limitSettings(variables: HttpVariables): LimitSettings {
  return { signInsPerMinute: Number(variables.RATE_LIMIT_SIGN_IN ?? 30), redisUrl: variables.REDIS_URL };
}

function trustProxy({ TRUSTED_PROXIES, TRUST_PROXY_HOPS }: HttpVariables): HttpSettings['trustProxy'] {
  if (TRUSTED_PROXIES !== undefined) return partsIn(TRUSTED_PROXIES);
  return TRUST_PROXY_HOPS === undefined ? false : Number(TRUST_PROXY_HOPS);
}
