import { isIP } from 'node:net';
import { isPlaceholder } from '../placeholder';
import { Expects, ExpectsFlag } from './expects.decorator';
import { everyPart, isAddress, isWholeNumber } from './value-forms';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** The environment variables of the HTTP server, its answers, its limits and its log. */
export class HttpVariables {
  @Expects('development, test or production', (value) => ['development', 'test', 'production'].includes(value))
  NODE_ENV?: string;

  @Expects('a host name or an IP address', (value) => /^[\w.:-]+$/.test(value))
  HOST?: string;

  @Expects('a port, 0 to 65535', (value) => isWholeNumber(value, 0, 65_535))
  PORT?: string;

  @Expects(`one of ${LOG_LEVELS.join(', ')}`, (value) => LOG_LEVELS.includes(value))
  LOG_LEVEL?: string;

  @ExpectsFlag()
  DOCS?: string;

  @ExpectsFlag()
  EXPLAIN_REFUSALS?: string;

  @Expects('exact origins like https://www.example.com, comma separated, without path or *', (value) =>
    everyPart(value, isOrigin),
  )
  CORS_ORIGINS?: string;

  @Expects('IP addresses or CIDR ranges, comma separated', (value) => everyPart(value, isAddressRange))
  TRUSTED_PROXIES?: string;

  @Expects('the number of proxies in front of the server, 1 to 10', (value) => isWholeNumber(value, 1, 10))
  TRUST_PROXY_HOPS?: string;

  @Expects(
    'at least 32 random characters, 8 different ones among them',
    (value) => value.length >= 32 && !isPlaceholder(value),
  )
  FRONTEND_SHARED_SECRET?: string;

  @Expects('a number of requests, 0 (off) to 100000', (value) => isWholeNumber(value, 0, 100_000))
  RATE_LIMIT_SIGN_IN?: string;

  @Expects('an address like redis://host:6379', (value) => isAddress(value, ['redis:', 'rediss:']))
  REDIS_URL?: string;
}

function isOrigin(value: string): boolean {
  return isAddress(value, ['http:', 'https:']) && new URL(value).origin === value;
}

function isAddressRange(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && longest > 0 && (bits === undefined || isWholeNumber(bits, 0, longest));
}
