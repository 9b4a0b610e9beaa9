import { RedisProcess } from './redis-process';

/** A real Redis server: the one at `TEST_REDIS_URL`, or a temporary one of an installed `redis-server`. */
export class RedisServer {
  private constructor(
    readonly url: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** Whether {@link start} can work here. */
  static isAvailable(): boolean {
    return Boolean(process.env.TEST_REDIS_URL) || RedisProcess.isAvailable();
  }

  static async start(): Promise<RedisServer> {
    const given = process.env.TEST_REDIS_URL;
    if (given) return new RedisServer(given, () => Promise.resolve());
    const redis = await RedisProcess.start();
    return new RedisServer(redis.url, () => redis.stop());
  }

  get port(): number {
    return Number(new URL(this.url).port || 6379);
  }

  get host(): string {
    return new URL(this.url).hostname;
  }

  async stop(): Promise<void> {
    await this.end();
  }
}
