import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { schemaOptions } from '../../src/app/database/data-source-options';
import { socialAuthMigrations } from '../../src/social-auth';
import { freePort } from '../../test/support/free-port';
import { ServerProcess } from '../servers/server-process';
import { figuresIn, type Backend, type CacheFigures } from './cached-tokens';

/** What a backend is started with. */
export interface BackendSettings {
  databaseUrl: string;
  hmacKey: Buffer;
  cacheSize: number;
  /** Options of Node; none: its defaults, by which the heap grows with the memory of the machine. */
  nodeOptions: readonly string[];
}

/** A backend whose memory is measured. */
export interface MeasuredBackend {
  title: string;
  /** What makes its schema. */
  schema: Pick<DataSourceOptions, 'migrations' | 'migrationsTableName'>;
  start(settings: BackendSettings): Promise<Backend & { stop(): Promise<void> }>;
}

/** A heap that holds 100,000 tokens and the reference server, and not much more. */
export const SMALL_HEAP: readonly string[] = ['--max-old-space-size=180', '--max-semi-space-size=2'];

/** Long enough that nothing leaves while it is measured: for how long a token is kept does not change its size. */
const CACHE_SECONDS = '3600';
/** Opens the metrics of the reference server. */
export const METRICS_TOKEN = 'metrics-of-a-measurement-on-loopback';

/** What the reference server needs beside its database, and keeps tokens under this key with. */
export const referenceEnvironment = (hmacKey: Buffer): Record<string, string> => ({
  NODE_ENV: 'production',
  TOKEN_HMAC_KEYS: `bench:${hmacKey.toString('base64')}`,
  TOKEN_CACHE_SECONDS: CACHE_SECONDS,
  GOOGLE_CLIENT_ID: 'bench.apps.googleusercontent.com',
  FRONTEND_SHARED_SECRET: 'the-secret-of-a-frontend-that-is-not-there',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  METRICS_TOKEN,
});

/** Everything that a backend with tokens in memory can be here: the least and the whole. */
export const backends: readonly MeasuredBackend[] = [
  {
    title: 'The module in a small application',
    schema: { migrations: socialAuthMigrations },
    start: async (settings) => {
      const HMAC_KEY = settings.hmacKey.toString('hex');
      const { pid, ready, stop } = await startApp('ours-memory', settings, { HMAC_KEY });
      const figures = async (): Promise<CacheFigures> =>
        JSON.parse(await textAt(`http://127.0.0.1:${ready.port}/figures`)) as CacheFigures;
      return { pid, port: ready.port, path: '/resource', figures, stop };
    },
  },
  {
    title: 'The reference server',
    schema: schemaOptions(),
    start: async (settings) => {
      const { pid, ready, stop } = await startApp('reference', settings, referenceEnvironment(settings.hmacKey));
      const figures = async (): Promise<CacheFigures> =>
        figuresIn(await textAt(`http://127.0.0.1:${ready.port}/metrics`, { authorization: `Bearer ${METRICS_TOKEN}` }));
      return { pid, port: ready.port, path: '/accounts/me', figures, stop };
    },
  },
];

async function startApp(
  app: string,
  { databaseUrl, cacheSize, nodeOptions }: BackendSettings,
  environment: Record<string, string>,
): Promise<Pick<ServerProcess, 'pid' | 'ready'> & { stop: () => Promise<void> }> {
  const command = [process.execPath, ...nodeOptions, join(__dirname, '../apps', `${app}.js`)] as const;
  const shared = {
    DATABASE_URL: databaseUrl,
    PORT: String(await freePort()),
    TOKEN_CACHE_SIZE: String(cacheSize),
    TOKEN_CACHE_SECONDS: CACHE_SECONDS,
  };
  const server = await ServerProcess.start(command, { ...shared, ...environment }, 'anywhere');
  return { pid: server.pid, ready: server.ready, stop: () => server.stop() };
}

async function textAt(url: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return answer.text();
}
