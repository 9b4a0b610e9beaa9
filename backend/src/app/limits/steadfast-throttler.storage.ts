import { Logger } from '@nestjs/common';
import { type ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';

type Hits = Awaited<ReturnType<ThrottlerStorage['increment']>>;
type Increment = Parameters<ThrottlerStorage['increment']>;

/** How long Redis is left alone after a failure, so that an outage costs one time-out and not one a request. */
const PAUSE_MS = 1000;

/** Counts in Redis, for all replicas together, and in the memory of this process while Redis is away. */
export class SteadfastThrottlerStorage implements ThrottlerStorage {
  private readonly logger = new Logger(SteadfastThrottlerStorage.name);
  private readonly memory = new ThrottlerStorageService();
  private away = false;
  private tryAgainAt = 0;

  constructor(
    private readonly redis: ThrottlerStorage,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async increment(...request: Increment): Promise<Hits> {
    if (this.now() < this.tryAgainAt) return this.memory.increment(...request);
    try {
      const hits = await this.redis.increment(...request);
      this.came();
      return hits;
    } catch (error) {
      this.went(error);
      return this.memory.increment(...request);
    }
  }

  onApplicationShutdown(): void {
    this.memory.onApplicationShutdown();
  }

  private went(error: unknown): void {
    this.tryAgainAt = this.now() + PAUSE_MS;
    if (!this.away)
      this.logger.warn({ event: 'redis_away', err: error, consequence: 'limits count for each process alone' });
    this.away = true;
  }

  private came(): void {
    if (this.away) this.logger.log({ event: 'redis_back' });
    this.away = false;
  }
}
