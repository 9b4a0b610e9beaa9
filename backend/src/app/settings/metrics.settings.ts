import type { MetricsSettings } from './settings';
import { numberIn } from './variable-values';
import type { MetricsVariables } from './variables/metrics.variables';

/** Where the metrics are and who may read them, from their variables; `undefined`: nowhere. */
export function metricsSettings(
  { METRICS_PORT, METRICS_HOST, METRICS_TOKEN: token }: MetricsVariables,
  apiPort: number,
  faults: string[],
): MetricsSettings | undefined {
  const port = numberIn(METRICS_PORT);
  if (port !== undefined && port === apiPort) faults.push('METRICS_PORT: expected another port than PORT');
  if (port === undefined && METRICS_HOST !== undefined) faults.push('METRICS_HOST: expected METRICS_PORT beside it');
  if (port === undefined && token === undefined) return undefined;
  return { host: METRICS_HOST ?? '127.0.0.1', port, token };
}
