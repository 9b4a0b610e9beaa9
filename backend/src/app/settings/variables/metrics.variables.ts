import { isPlaceholder } from '../placeholder';
import { Expects } from './expects.decorator';
import { isWholeNumber } from './value-forms';

/** The environment variables of the metrics. */
export class MetricsVariables {
  @Expects('a port, 1 to 65535', (value) => isWholeNumber(value, 1, 65_535))
  METRICS_PORT?: string;

  @Expects('a host name or an IP address', (value) => /^[\w.:-]+$/.test(value))
  METRICS_HOST?: string;

  @Expects(
    'at least 32 random characters without spaces, 8 different ones among them',
    (value) => /^[\x21-\x7e]{32,}$/.test(value) && !isPlaceholder(value),
  )
  METRICS_TOKEN?: string;
}
