/** A line of the log, parsed. */
export type LogLine = Record<string, unknown>;

/** Takes the place of standard output for the log of a server under test. */
export class LogCapture {
  private written = '';

  write(text: string): void {
    this.written += text;
  }

  /** All that was written. */
  get text(): string {
    return this.written;
  }

  /** Every line, parsed; a line that is no JSON object is an error. */
  get lines(): LogLine[] {
    return this.written
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** The lines of one event. */
  events(event: string): LogLine[] {
    return this.lines.filter((line) => line.event === event);
  }

  clear(): void {
    this.written = '';
  }
}
