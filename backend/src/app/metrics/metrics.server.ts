import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { METRICS_CHALLENGE, type MetricsAccess } from './metrics-access';
import type { MetricsRegistry } from './metrics.registry';

const MAX_CONNECTIONS = 20;
const TIMEOUT_MS = 10_000;
const PATH = '/metrics';

/** The metrics on a port of their own: beside the API, so that a crowd there keeps nobody from seeing it. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MetricsServer.name);
  private readonly server: Server;

  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly access: MetricsAccess,
    private readonly place: { host: string; port: number },
  ) {
    const timeouts = { requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS };
    this.server = createServer(timeouts, (request, response) => void this.answer(request, response));
    this.server.maxConnections = MAX_CONNECTIONS;
  }

  /** Where it listens. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.server.listen(this.place.port, this.place.host);
    await once(this.server, 'listening');
  }

  /** As late as this, so that the last requests are still seen. */
  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer({ url, method, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Cache-Control', 'no-store').setHeader('X-Content-Type-Options', 'nosniff');
    if (url?.split('?')[0] !== PATH) return end(response, 404);
    if (method !== 'GET' && method !== 'HEAD') return end(response.setHeader('Allow', 'GET, HEAD'), 405);
    if (!this.access.allows(headers.authorization)) {
      return end(response.setHeader('WWW-Authenticate', METRICS_CHALLENGE), 401);
    }
    try {
      const text = await this.metrics.text();
      end(response.setHeader('Content-Type', this.metrics.contentType), 200, text);
    } catch (error) {
      this.logger.error({ event: 'metrics_failed', err: error });
      end(response, 500);
    }
  }
}

function end(response: ServerResponse, status: number, body = ''): void {
  response.statusCode = status;
  response.end(body);
}
