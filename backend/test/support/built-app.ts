import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Environment } from '../../src/app/settings/environment';
import { type ApiAnswer, type ApiRequest, callApi } from './api-client';
import { buildBackend } from './backend-build';
import { eventually } from './eventually';
import { freePort } from './free-port';

const READY_MS = 50_000;

/** The built server as a process of its own, as operators run it. */
export class BuiltApp {
  private static readonly running = new Set<BuiltApp>();
  private text = '';
  private readonly exited: Promise<number | string>;

  private constructor(
    readonly process: ChildProcess,
    readonly url: string,
  ) {
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', (chunk) => (this.text += String(chunk)));
    BuiltApp.running.add(this);
    this.exited = once(process, 'exit').then(([code, signal]) => {
      BuiltApp.running.delete(this);
      return (code ?? signal) as number | string;
    });
  }

  /** Starts it with this environment and nothing of our own; it may still be starting. */
  static async launch(environment: Environment): Promise<BuiltApp> {
    const build = await buildBackend();
    const port = Number(environment.PORT) || (await freePort());
    const env: Environment = { PATH: process.env.PATH, ...environment, PORT: String(port) };
    const child = spawn(process.execPath, [join(build, 'src/app/main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new BuiltApp(child, `http://127.0.0.1:${port}`);
  }

  /** Starts it and waits until it is ready. */
  static async start(environment: Environment): Promise<BuiltApp> {
    const app = await BuiltApp.launch(environment);
    try {
      await eventually(() => app.expectReady(), READY_MS);
    } catch (error) {
      app.process.kill('SIGKILL');
      throw new Error(`The server did not become ready:\n${app.output}`, { cause: error });
    }
    return app;
  }

  /** Ends what a test that failed has left running. */
  static async killAll(): Promise<void> {
    await Promise.all([...BuiltApp.running].map((app) => app.stop('SIGKILL')));
  }

  /** What it has written, on both outputs. */
  get output(): string {
    return this.text;
  }

  api(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return callApi(this.url + path, request);
  }

  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | string> {
    return this.exited;
  }

  /** Asks it to stop and yields its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.process.kill(signal);
    return this.exited;
  }

  private async expectReady(): Promise<void> {
    if (this.process.exitCode !== null) throw new Error(`It has ended with ${this.process.exitCode}.`);
    const { status } = await this.api('/health/ready');
    if (status !== 200) throw new Error(`It is not ready: ${status}.`);
  }
}
