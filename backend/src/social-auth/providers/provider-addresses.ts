import type { ProviderEnvironment } from './provider-definition';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** A comma-separated variable as a list without blanks. */
export function listOf(value: string | undefined): string[] {
  const entries = (value ?? '').split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '');
}

/** Whether a host (with or without port) is this machine. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host.replace(/:\d+$/, ''));

/** Whether plain http or a loopback host may be used for this address in this environment. */
export function isTrustworthyAddress(address: string, { production }: ProviderEnvironment): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const loopback = isLoopbackHost(hostname);
  if (production) return protocol === 'https:' && !loopback;
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

/** The faults of variables that hold addresses, each with its name and what was expected. */
export function addressFaults(
  variables: Readonly<Record<string, string | undefined>>,
  environment: ProviderEnvironment,
): string[] {
  const expected = environment.production
    ? 'an https address that is not loopback'
    : 'an https address, or http on loopback';
  return Object.entries(variables)
    .filter(([, value]) => value !== undefined && !isTrustworthyAddress(value, environment))
    .map(([name]) => `${name}: expected ${expected}`);
}
