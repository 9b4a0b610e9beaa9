import type { SpawnOptions } from 'node:child_process';
import { eventually } from '../../support/eventually';
import { TetheredProcess } from '../../support/tethered-process';

const START_MS = 60_000;

/** A server program that can be stopped, and started again where it was. */
export class ServerProgram {
  private child: TetheredProcess | undefined;
  private earlier = '';

  constructor(
    private readonly command: string[],
    private readonly stopSignal: 'TERM' | 'INT' | 'QUIT',
    private readonly options: SpawnOptions,
    private readonly expectReady: () => Promise<unknown>,
  ) {}

  /** What it has written, over all its starts. */
  get output(): string {
    return this.earlier + (this.child?.output ?? '');
  }

  async start(): Promise<void> {
    this.child = TetheredProcess.start(this.command, this.stopSignal, this.options);
    try {
      await eventually(this.expectReady, START_MS, 200);
    } catch (error) {
      await this.stop();
      throw new Error(`${this.command.join(' ')} did not start:\n${this.output}`, { cause: error });
    }
  }

  async stop(): Promise<void> {
    await this.child?.stop();
    this.earlier = this.output;
    this.child = undefined;
  }
}
