import { type ChildProcess, execFileSync, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from '../../support/build-once';
import { eventually } from '../../support/eventually';

/** Encrypts the sessions of a site that runs alone. */
export const siteSecret = 'site-process-session-secret-0123456789';

/** The least that a site at this address needs to start. */
export function siteVariables(site: string): Record<string, string> {
  return {
    NEXTAUTH_URL: site,
    NEXTAUTH_SECRET: siteSecret,
    GOOGLE_CLIENT_ID: 'web.apps.example',
    GOOGLE_CLIENT_SECRET: 'google-secret',
  };
}

/** The built frontend alone, with settings of one's own. */
export class SiteProcess {
  private text = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.text += String(chunk)));
  }

  /** Starts it with these variables and no others; `withChannel` as a parent does that forks it. */
  static start(variables: Record<string, string>, { withChannel = false } = {}): SiteProcess {
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(withChannel ? (['ipc'] as const) : [])];
    const env = { PATH: process.env.PATH, ...variables };
    return new SiteProcess(spawn(process.execPath, [join(repository, 'frontend/server.mjs')], { env, stdio }));
  }

  /** What it has written so far. */
  get output(): string {
    return this.text;
  }

  /** How much memory it holds, in MB. */
  get memory(): number {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(this.child.pid)])) / 1_024;
  }

  /** Waits until it listens. */
  async listening(): Promise<void> {
    await eventually(() => expect(this.text).toContain('Frontend on'), 50_000);
  }

  /** The exit code, once it has ended. */
  async exitCode(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  /** Closes the channel, as the end of the parent would. */
  disconnect(): void {
    this.child.disconnect();
  }

  /** Asks it to stop. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.exitCode();
  }
}
