import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { LaunchError } from './launch.error';

/** Secrets that a real operator would choose. */
export interface DemoSecrets {
  readonly nextAuth: string;
  readonly frontendShared: string;
  readonly googleClient: string;
  readonly auth0Client: string;
}

const newSecret = (): string => randomBytes(32).toString('base64url');

function read(path: string): Partial<DemoSecrets> {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<DemoSecrets>;
  } catch {
    throw new LaunchError(`${path} is damaged: delete it, or run \`npm run reset\`.`);
  }
}

/** The secrets of this demo: random, and kept in a file of their owner so that sessions survive a restart. */
export function demoSecrets(path: string): DemoSecrets {
  const stored = read(path);
  const secrets = {
    nextAuth: stored.nextAuth ?? newSecret(),
    frontendShared: stored.frontendShared ?? newSecret(),
    googleClient: stored.googleClient ?? newSecret(),
    auth0Client: stored.auth0Client ?? newSecret(),
  };
  writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
