import { createApp } from './create-app';
import { stopGracefully } from './lifecycle/graceful-stop';
import { scrubText } from './logging/scrub-text';
import { loadSettings } from './settings/load-settings';
import { SettingsError } from './settings/settings.error';

const DRAIN_MS = 10_000;
/** An orchestrator that sends SIGTERM needs a moment to see that readiness is red; a person at Ctrl-C does not. */
const NOTICE_MS = { SIGTERM: 1000, SIGINT: 0 };

async function start(): Promise<void> {
  const settings = loadSettings(process.env);
  const app = await createApp(settings);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      const stopped = stopGracefully(app, { noticeMs: NOTICE_MS[signal], drainMs: DRAIN_MS });
      stopped.then(() => process.exit(0), fail);
    });
  }
  await app.listen(settings.http.port, settings.http.host);
}

function fail(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'The port is taken: end the program that listens on it, or set PORT to another.';
  return scrubText(stack ?? String(error));
}

start().catch(fail);
