import type { MetricsSources } from '../metrics-sources';
import { batchedSignInFigures } from './batched-sign-in.figures';
import { databaseFigures } from './database.figures';
import type { Figure } from './figure';
import { guardFigures } from './guard.figures';
import { providerKeysFigures } from './provider-keys.figures';
import { redisFigures } from './redis.figures';
import { revocationFigures } from './revocation.figures';
import { signInFigures } from './sign-in.figures';
import { tokenCacheFigures } from './token-cache.figures';

/** Every figure of the server but the durations of requests and what the process tells of itself. */
export function figuresOf(sources: MetricsSources): Figure[] {
  return [
    ...signInFigures(sources.accepted, sources.refusals),
    ...batchedSignInFigures(sources.batchedSignIns),
    ...guardFigures(sources.guardRefusals),
    ...tokenCacheFigures(sources.lookups),
    ...revocationFigures(sources.revocations),
    ...providerKeysFigures(sources.keys),
    ...databaseFigures(sources.dataSource),
    ...redisFigures(sources.redis),
  ];
}
