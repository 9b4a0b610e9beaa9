import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { setting } from './serve';

/** An hour instead of its five minutes: the load sends the same cookies all the time, and none shall go stale. */
const COOKIE_CACHE_SECONDS = 3_600;

/** better-auth as its documentation has it for production, without its rate limit. */
export async function createAuth(more: Partial<BetterAuthOptions> = {}) {
  const options = {
    baseURL: 'http://127.0.0.1',
    secret: randomBytes(32).toString('base64'),
    database: new Pool({ connectionString: setting('DATABASE_URL') }),
    emailAndPassword: { enabled: true },
    session: { cookieCache: { enabled: process.env.COOKIE_CACHE === 'true', maxAge: COOKIE_CACHE_SECONDS } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    ...more,
  } satisfies BetterAuthOptions;
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  return betterAuth(options);
}
