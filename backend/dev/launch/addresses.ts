import { isIP } from 'node:net';
import { LaunchError } from './launch.error';

/** Environment variables, as they were given. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The value of a variable, trimmed; an empty one counts as absent. */
export function valueOf(variables: Variables, name: string): string | undefined {
  return variables[name]?.trim() || undefined;
}

/** A port from a variable. */
export function portOf(variables: Variables, name: string, fallback: number): number {
  const value = valueOf(variables, name);
  const port = value === undefined ? fallback : Number(value);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new LaunchError(`${name}: expected a port from 1 to 65535.`);
}

/** Where the parts of the product are reached from this machine. */
export interface Addresses {
  readonly backend: URL;
  /** Where the frontend listens. */
  readonly frontend: URL;
  /** What people open: `NEXTAUTH_URL`. */
  readonly site: URL;
}

/** The host to connect to, for a host to listen on. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** Reads the addresses that the environment chooses. */
export function addressesOf(variables: Variables): Addresses {
  const host = reachable(valueOf(variables, 'HOST') ?? '127.0.0.1');
  const site = URL.parse(valueOf(variables, 'NEXTAUTH_URL') ?? 'http://localhost:3000');
  // `localhost:3000` is an address as well, of the scheme `localhost:`.
  if (!site || !/^https?:$/.test(site.protocol))
    throw new LaunchError('NEXTAUTH_URL: expected an address such as http://localhost:3000.');
  return {
    backend: new URL(`http://${host}:${portOf(variables, 'PORT', 3_001)}`),
    frontend: new URL(`http://${host}:${site.port || 3_000}`),
    site,
  };
}
