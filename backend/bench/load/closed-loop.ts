import { Connection, type Answer } from './connection';
import type { LoadResult, LoadShape } from './load-messages';

/** How many answers of a first pass may say 503: a server that is not warm yet may be late for its own deadlines. */
const PATIENCE = 1_000;
const PAUSE_MS = 200;

/** A number of connections, each of which sends its own share of the requests, the next when the last is answered. */
export class ClosedLoop {
  private readonly connections: Connection[];
  private readonly shares: string[][];
  private readonly positions: number[];
  private latencies: number[] = [];
  private remaining = Infinity;
  private patience = 0;
  private active = 0;
  private running = false;
  private onEnd: ((failure?: Error) => void) | undefined;

  constructor(
    port: number,
    private readonly shape: LoadShape,
    requests: readonly string[],
  ) {
    const { connections } = shape;
    if (requests.length < connections) throw new Error('There are fewer requests than connections.');
    this.shares = Array.from({ length: connections }, (_, index) =>
      requests.filter((_request, place) => place % connections === index),
    );
    this.positions = this.shares.map(() => 0);
    this.connections = this.shares.map(
      (_, index) =>
        new Connection(
          port,
          (answer) => this.answered(index, answer),
          (error) => this.end(error),
        ),
    );
  }

  /** Sends for a time and waits for the last answers. */
  run(milliseconds: number): Promise<LoadResult> {
    const timer = setTimeout(() => (this.running = false), milliseconds);
    this.patience = 0;
    return this.drive(Infinity).finally(() => clearTimeout(timer));
  }

  /** Sends every request about once. */
  pass(): Promise<LoadResult> {
    this.patience = PATIENCE;
    return this.drive(Math.max(...this.shares.map(({ length }) => length)) * this.connections.length);
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }

  private async drive(requests: number): Promise<LoadResult> {
    this.latencies = [];
    this.remaining = requests;
    this.running = true;
    this.stayAwake();
    const begun = performance.now();
    await new Promise<void>((resolve, reject) => {
      this.onEnd = (failure) => (failure ? reject(failure) : resolve());
      this.connections.forEach((_, index) => this.sendNext(index));
    });
    const seconds = (performance.now() - begun) / 1000;
    const sorted = Float64Array.from(this.latencies).sort();
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { requests: sorted.length, seconds, p50: at(0.5), p99: at(0.99) };
  }

  /**
   * A process that waits for answers sleeps, and whoever answers pays for waking it: the more, the slower it is, and as
   * much as a fifth of what a request costs. No client on another machine is woken by the server.
   */
  private stayAwake(): void {
    if (this.running && this.shape.isAwake) setImmediate(() => this.stayAwake());
  }

  private sendNext(index: number): void {
    const share = this.shares[index] ?? [];
    const position = this.positions[index] ?? 0;
    const request = share[position];
    if (request === undefined) return;
    this.positions[index] = position + 1 === share.length ? 0 : position + 1;
    this.remaining -= 1;
    this.active += 1;
    this.connections[index]?.send(request);
  }

  /** Sends once more what was sent last. */
  private repeat(index: number): void {
    const share = this.shares[index] ?? [];
    const request = share.at((this.positions[index] ?? 0) - 1);
    if (request !== undefined) this.connections[index]?.send(request);
  }

  private answered(index: number, { status, milliseconds, text }: Answer): void {
    if (status === 503 && this.patience > 0) {
      this.patience -= 1;
      setTimeout(() => this.repeat(index), PAUSE_MS);
      return;
    }
    this.active -= 1;
    if (status !== 200) return this.end(new Error(`A request was answered with:\n${text}`));
    this.latencies.push(milliseconds);
    if (this.running && this.remaining > 0) this.sendNext(index);
    else if (this.active === 0) this.end();
  }

  private end(failure?: Error): void {
    this.running = false;
    if (failure) this.active = 0;
    const { onEnd } = this;
    this.onEnd = undefined;
    onEnd?.(failure);
  }
}
