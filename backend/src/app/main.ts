import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './create-app';
import { stopGracefully } from './lifecycle/graceful-stop';
import { explainStartFailure } from './lifecycle/start-failure';
import { loadSettings } from './settings/load-settings';

const DRAIN_MS = 10_000;
/** An orchestrator that sends SIGTERM needs a moment to see that readiness is red; a person at Ctrl-C does not. */
const NOTICE_MS = { SIGTERM: 1000, SIGINT: 0 };

async function start(): Promise<void> {
  const settings = loadSettings(process.env);
  const app = await createApp(settings);
  stopOnSignals(app);
  endOnSurprise();
  await app.listen(settings.http.port, settings.http.host);
}

function stopOnSignals(app: NestFastifyApplication): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopGracefully(app, { noticeMs: NOTICE_MS[signal], drainMs: DRAIN_MS }).then(() => process.exit(0), fail);
    });
  }
}

/** What nobody caught leaves the process in a state that nobody knows; Node itself would print it unscrubbed. */
function endOnSurprise(): void {
  process.on('uncaughtException', (error, origin) => {
    new Logger('Process').fatal({ event: origin, err: error });
    process.exit(1);
  });
}

function fail(error: unknown): void {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exit(1);
}

start().catch(fail);
