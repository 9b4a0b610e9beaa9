import type { GuardedSeriesName, SeriesName } from './series';

/** An application that takes part, and what is sent to it. */
export interface Contestant {
  /** As `--only` and the targets name it. */
  name: string;
  /** As the tables name it. */
  title: string;
  series: SeriesName;
  /** A file of apps/, without its extension; DRF has a folder. */
  app: string;
  path: string;
  environment?: Record<string, string>;
  /** The body that carries an ID token; without one the request is a GET. */
  bodyOf?: (idToken: string) => object;
}

const idTokenBody = (idToken: string): object => ({ id_token: idToken });

const guardedIn =
  (series: GuardedSeriesName) =>
  (name: string, title: string, app: string, environment?: Record<string, string>): Contestant => ({
    name: `${series}-${name}`,
    title,
    series,
    app,
    path: '/resource',
    environment,
  });

const guarded = guardedIn('guarded');

const bareIn = (series: GuardedSeriesName): Contestant =>
  guardedIn(series)('bare', 'Nest on Fastify, no guard', 'bare');

/** Who is measured from clients of both kinds. */
function fromBothKindsOfClients(series: GuardedSeriesName): Contestant[] {
  const one = guardedIn(series);
  return [
    one('cached', 'nest-token-exchange', 'ours-guard'),
    one('uncached', 'nest-token-exchange, cache off', 'ours-guard', { TOKEN_CACHE_SIZE: '0' }),
    one('passport-jwt', 'passport-jwt as documented (cannot revoke)', 'passport-jwt'),
    one('better-auth', 'better-auth, database session', 'better-auth-guard'),
    one('drf', 'Django REST Framework', 'drf'),
  ];
}

const exchange = (name: string, title: string, app: string, path = '/auth/google'): Contestant => ({
  name: `exchange-${name}`,
  title,
  series: 'exchange',
  app,
  path,
  bodyOf: idTokenBody,
});

/** What every other contestant of a series is measured against, in pairs. */
export const yardsticks: Readonly<Record<SeriesName, Contestant>> = {
  guarded: bareIn('guarded'),
  sleeping: bareIn('sleeping'),
  exchange: exchange('verifying', 'The same endpoint, verifying only', 'ours-exchange', '/auth/verifying'),
};

/** Everybody else. */
export const contestants: readonly Contestant[] = [
  ...fromBothKindsOfClients('guarded'),
  guarded('passport-jwt-key', 'passport-jwt, key made once (cannot revoke)', 'passport-jwt', { SECRET_AS_KEY: 'true' }),
  guarded('better-auth-cookie', 'better-auth, cookie cache', 'better-auth-guard', { COOKIE_CACHE: 'true' }),
  guarded('typeorm', 'A guard with TypeORM findOne', 'typeorm-guard'),
  ...fromBothKindsOfClients('sleeping'),
  exchange('ours', 'nest-token-exchange', 'ours-exchange'),
  exchange('typeorm', 'A transaction of TypeORM', 'typeorm-exchange'),
  exchange('drf', 'Django REST Framework, google-auth as documented', 'drf'),
  { ...exchange('drf-keys', 'Django REST Framework, keys in memory', 'drf'), environment: { KEEP_KEYS: 'true' } },
  exchange('naive', 'A naive endpoint, keys fetched each time', 'naive-exchange'),
  {
    ...exchange('better-auth', 'better-auth, ID token sign-in', 'better-auth-exchange', '/api/auth/sign-in/social'),
    bodyOf: (token) => ({ provider: 'google', idToken: { token } }),
  },
];
