import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import type { Environment } from '../../src/app/settings/environment';
import { BuiltApp } from './built-app';
import { eventually } from './eventually';
import type { PostgresServer, TemporaryDatabase } from './postgres-server';
import { TcpFaultProxy } from './tcp-fault-proxy';
import { testEnvironment } from './test-environment';

/** How replicas are set up. */
export interface ReplicaSettings {
  count: number;
  boundMs: number;
  /** The bus is Redis there; left out, it is PostgreSQL. */
  redisUrl?: string;
  /** For whoever reads their metrics; left out, they have none. */
  metricsToken?: string;
}

/** Built servers on one database: the first reaches everything directly, the others through proxies. */
export class Replicas {
  private constructor(
    readonly idp: DemoIdentityProvider,
    readonly database: TemporaryDatabase,
    /** Between the other replicas and the database. */
    readonly feed: TcpFaultProxy,
    /** Between the other replicas and the server of their bus. */
    readonly bus: TcpFaultProxy,
    readonly first: BuiltApp,
    readonly others: readonly BuiltApp[],
  ) {}

  static async start(
    server: PostgresServer,
    { count, boundMs, redisUrl, metricsToken }: ReplicaSettings,
  ): Promise<Replicas> {
    const idp = await DemoIdentityProvider.start();
    const database = await server.createDatabase();
    const feed = await TcpFaultProxy.start(server);
    const redis = redisUrl === undefined ? undefined : new URL(redisUrl);
    const bus = await TcpFaultProxy.start(redis ? { host: redis.hostname, port: Number(redis.port) } : server);
    const common: Environment = {
      ...testEnvironment(idp, database.url),
      LOG_LEVEL: 'info',
      REVOCATION_BOUND_MS: String(boundMs),
      METRICS_TOKEN: metricsToken,
      ...(redisUrl !== undefined && { REVOCATION_BUS: 'redis', REDIS_URL: redisUrl }),
    };
    const first = await BuiltApp.start({ ...common, PORT: undefined, MIGRATE_ON_START: 'true' });
    const through: Environment = {
      ...common,
      PORT: undefined,
      DATABASE_URL: feed.urlOf(database.url),
      DATABASE_DIRECT_URL: redis ? database.url : bus.urlOf(database.url),
      ...(redisUrl !== undefined && { REDIS_URL: bus.urlOf(redisUrl) }),
    };
    const others: BuiltApp[] = [];
    for (let index = 1; index < count; index += 1) others.push(await BuiltApp.start(through));
    const replicas = new Replicas(idp, database, feed, bus, first, others);
    await replicas.ready();
    return replicas;
  }

  /** Resolves when every replica reads the feed and hears the bus. */
  async ready(): Promise<void> {
    for (const app of [this.first, ...this.others]) {
      await eventually(async () => {
        const { revocations } = (await app.api('/health/ready')).body;
        expect(revocations).toEqual({ feed: 'read', bus: 'up' });
      }, 30_000);
    }
  }

  async signIn(person: string): Promise<string> {
    const { idToken } = await this.idp.google.issue('ada', { claims: { sub: person, email: `${person}@example.com` } });
    const { status, body } = await this.first.api('/auth/google', { json: { id_token: idToken } });
    expect(status).toBe(200);
    return body.token;
  }

  /** Signs out at the first replica. */
  async revoke(token: string): Promise<void> {
    expect((await this.first.api('/auth/logout', { method: 'POST', token })).status).toBe(204);
  }

  async stop(): Promise<void> {
    await Promise.all([this.first, ...this.others].map((app) => app.stop('SIGKILL')));
    await Promise.all([this.feed.stop(), this.bus.stop(), this.idp.stop()]);
    await this.database.drop();
  }
}
