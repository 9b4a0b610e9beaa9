import type { HttpSettings, LimitSettings } from './settings';
import { partsOf } from './variables/expects.decorator';
import type { HttpVariables } from './variables/http.variables';

/** How the server is reached, from its variables. */
export function httpSettings(variables: HttpVariables, faults: string[]): HttpSettings {
  if (variables.TRUSTED_PROXIES !== undefined && variables.TRUST_PROXY_HOPS !== undefined) {
    faults.push('TRUSTED_PROXIES, TRUST_PROXY_HOPS: expected one of the two, not both');
  }
  return {
    host: variables.HOST ?? '127.0.0.1',
    port: Number(variables.PORT ?? 3001),
    docs: (variables.DOCS ?? String(variables.NODE_ENV !== 'production')) === 'true',
    corsOrigins: variables.CORS_ORIGINS === undefined ? [] : partsOf(variables.CORS_ORIGINS),
    trustProxy: trustProxy(variables),
    frontendSharedSecret: variables.FRONTEND_SHARED_SECRET,
  };
}

/** What the limits need, from its variables. */
export function limitSettings(variables: HttpVariables): LimitSettings {
  return { signInsPerMinute: Number(variables.RATE_LIMIT_SIGN_IN ?? 30), redisUrl: variables.REDIS_URL };
}

function trustProxy({ TRUSTED_PROXIES, TRUST_PROXY_HOPS }: HttpVariables): HttpSettings['trustProxy'] {
  if (TRUSTED_PROXIES !== undefined) return partsOf(TRUSTED_PROXIES);
  return TRUST_PROXY_HOPS === undefined ? false : Number(TRUST_PROXY_HOPS);
}
