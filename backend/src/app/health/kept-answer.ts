/** Asks once for all who want to know at the same time, and keeps what it was told for a while. */
export class KeptAnswer<Answer> {
  private current?: Promise<Answer>;
  /** On the monotonic clock; while the question is open, never. */
  private staleAt = Infinity;

  constructor(
    private readonly ask: () => Promise<Answer>,
    private readonly keepMs: number,
    private readonly monotonic: () => number,
  ) {}

  get(): Promise<Answer> {
    if (this.current === undefined || this.monotonic() >= this.staleAt) {
      this.staleAt = Infinity;
      this.current = this.askAndKeep();
    }
    return this.current;
  }

  private async askAndKeep(): Promise<Answer> {
    let keepMs = 0;
    try {
      const answer = await this.ask();
      keepMs = this.keepMs;
      return answer;
    } finally {
      this.staleAt = this.monotonic() + keepMs;
    }
  }
}
