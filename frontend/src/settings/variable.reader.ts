/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

const LEAST_SECRET = 32;
const LEAST_DISTINCT = 8;

/** Tells whether an address points at this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK_HOSTS.has(url.hostname);
}

/** Reads environment variables and collects every fault, so that all of them can be shown at once. */
export class VariableReader {
  readonly faults: string[] = [];

  constructor(private readonly variables: Variables) {}

  /** The trimmed value, or undefined where the variable is absent or empty. */
  text(name: string): string | undefined {
    const value = this.variables[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** The names of those that are set and look like this. */
  names(pattern: RegExp): string[] {
    return Object.keys(this.variables).filter((name) => pattern.test(name) && this.text(name) !== undefined);
  }

  /** The members of a comma separated list. */
  list(name: string): string[] {
    return (this.text(name) ?? '').split(',').flatMap((member) => member.trim() || []);
  }

  /** A value that nobody guesses; a fault if it is short or a placeholder, or absent although required. */
  secret(name: string, { required }: { required: boolean }): string | undefined {
    const value = this.text(name);
    if (value === undefined ? required : !isHardToGuess(value))
      this.fault(name, `at least ${LEAST_SECRET} random characters, ${LEAST_DISTINCT} different ones among them`);
    return value;
  }

  /** `true` or `false`; absent means false. */
  flag(name: string): boolean {
    const value = this.text(name) ?? 'false';
    if (value !== 'true' && value !== 'false') this.fault(name, 'true or false');
    return value === 'true';
  }

  /** A whole number within bounds. */
  integer(name: string, fallback: number, [least, most]: readonly [number, number]): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    this.fault(name, `a whole number from ${least} to ${most}`);
    return fallback;
  }

  /** An http(s) address without credentials, query or fragment; a fault if it is anything else. */
  url(name: string, value: string | undefined, expected = 'an http(s) address'): URL | undefined {
    const url = value !== undefined && URL.canParse(value) ? new URL(value) : undefined;
    if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash) return url;
    this.fault(name, expected);
    return undefined;
  }

  /** Notes what is wrong with a variable. */
  fault(name: string, expected: string): void {
    this.faults.push(`${name}: expected ${expected}`);
  }
}

/** One repeated character is a placeholder that somebody forgot to replace. */
function isHardToGuess(secret: string): boolean {
  return secret.length >= LEAST_SECRET && new Set(secret).size >= LEAST_DISTINCT;
}
