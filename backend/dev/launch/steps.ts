const CLEAR_LINE = '\r\u001B[K';

const seconds = (since: number): number => (performance.now() - since) / 1_000;

/** Shows what is being done while it is done: one line for each step, with its time. */
export class Steps {
  private current: string | undefined;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {}

  /** Does the work under a title; a step that takes long shows that it goes on. */
  async run<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
    const start = performance.now();
    this.progress(`  … ${title}`);
    // Where lines cannot be overwritten, one now and then is enough.
    const interval = this.out.isTTY ? 1_000 : 10_000;
    const timer = setInterval(() => this.progress(`  … ${title}, ${Math.round(seconds(start))} s`), interval);
    try {
      const result = await work();
      this.finish(`  ✓ ${title}, ${seconds(start).toFixed(1)} s`);
      return result;
    } catch (error) {
      this.finish(`  ✗ ${title}`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** Writes a line, above the step that is going on. */
  say(line: string): void {
    const { current } = this;
    this.finish(line);
    if (current !== undefined && this.out.isTTY) this.progress(current);
  }

  private progress(line: string): void {
    this.current = line;
    this.out.write(this.out.isTTY ? `${CLEAR_LINE}${line}` : `${line}\n`);
  }

  private finish(line: string): void {
    this.current = undefined;
    this.out.write(this.out.isTTY ? `${CLEAR_LINE}${line}\n` : `${line}\n`);
  }
}
