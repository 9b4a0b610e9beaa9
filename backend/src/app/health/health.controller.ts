import { Controller, Get, Header, HttpStatus, Optional, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { KeyStores, Public, RevocationFigures } from '../../social-auth';
import { Lifecycle } from '../lifecycle/lifecycle';
import { RedisConnection } from '../limits/redis.connection';
import { DatabaseHealth } from './database.health';
import { LiveResponse, ReadyResponse } from './health.report';

/** What an orchestrator asks. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly database: DatabaseHealth,
    private readonly keys: KeyStores,
    private readonly revocations: RevocationFigures,
    @Optional() private readonly redis?: RedisConnection,
  ) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Tell that the process is alive' })
  @ApiOkResponse({ type: LiveResponse })
  live(): LiveResponse {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Tell whether the server wants requests; the database alone decides' })
  @ApiOkResponse({ type: ReadyResponse })
  @ApiServiceUnavailableResponse({ type: ReadyResponse })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyResponse> {
    const report = await this.report();
    if (report.status !== 'ready') reply.code(HttpStatus.SERVICE_UNAVAILABLE);
    return report;
  }

  private async report(): Promise<ReadyResponse> {
    const database = await this.database.state();
    const { isFresh, bus } = this.revocations.read();
    return {
      status: this.lifecycle.isStopping ? 'stopping' : database === 'up' ? 'ready' : 'not_ready',
      database,
      redis: this.redis === undefined ? 'not_configured' : this.redis.isUp ? 'up' : 'down',
      revocations: { feed: isFresh ? 'read' : 'late', bus },
      providers: Object.entries(this.keys.health()).map(([name, health]) => ({ name, ...health })),
    };
  }
}
