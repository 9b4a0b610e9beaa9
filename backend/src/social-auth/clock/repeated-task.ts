/** Runs a task again and again, each run a while after the end of the one before: never two at once. */
export class RepeatedTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;
  private isRunning = false;
  private isHastened = false;

  /**
   * @param task Handles its own failures.
   * @param pauseMs How long to wait for the next run, asked anew each time.
   */
  constructor(
    private readonly task: () => Promise<void>,
    private readonly pauseMs: () => number,
  ) {}

  /** Begins with a pause; a second call changes nothing. */
  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    // A run that a stop has left behind goes on by itself.
    if (!this.isRunning) this.wait();
  }

  /** Ends the pause: the next run begins now, or after the one under way. */
  hasten(): void {
    if (this.stopped) return;
    if (this.isRunning) {
      this.isHastened = true;
      return;
    }
    clearTimeout(this.timer);
    this.run();
  }

  /** Lets no further run begin; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private wait(): void {
    // It keeps no process alive.
    this.timer = setTimeout(() => this.run(), this.pauseMs()).unref();
  }

  private run(): void {
    this.isRunning = true;
    this.isHastened = false;
    this.running = this.task().finally(() => this.goOn());
  }

  private goOn(): void {
    this.isRunning = false;
    if (this.stopped) return;
    if (this.isHastened) this.run();
    else this.wait();
  }
}
