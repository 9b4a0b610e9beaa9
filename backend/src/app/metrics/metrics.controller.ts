import { Controller, Get, Header, Headers, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BearerRefusedError, Public } from '../../social-auth';
import { METRICS_CHALLENGE, MetricsAccess } from './metrics-access';
import { MetricsRegistry } from './metrics.registry';

/** The metrics on the port of the API, for whoever has their token; tokens of the API open nothing here. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsRegistry,
    @Inject(MetricsAccess) private readonly access: MetricsAccess,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (!this.access.allows(authorization)) throw new BearerRefusedError('authentication_required', METRICS_CHALLENGE);
    reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
