import type { Socket } from 'node:net';

/** What can happen to a connection. */
export type TcpFault =
  /** Each piece arrives this much later, in both directions. */
  | { kind: 'latency'; ms: number }
  /** It is reset. */
  | { kind: 'reset' }
  /** It stands, and nothing ever arrives. */
  | { kind: 'black-hole' }
  /** It is closed, and new ones are refused. */
  | { kind: 'refuse' }
  /** It is cut after so many bytes of answer. */
  | { kind: 'cut'; afterBytes: number }
  /** The server's side is gone, and the client is not told. */
  | { kind: 'half-open' };

/** One connection through the proxy. */
export class Tunnel {
  private fault: TcpFault | undefined;
  private answered = 0;
  private swallowing = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly onClose: () => void,
  ) {
    client.on('data', (chunk) => this.pass(chunk, server));
    server.on('data', (chunk) => this.answer(chunk));
    for (const [side, other] of [
      [client, server],
      [server, client],
    ] as const) {
      side.on('error', () => undefined);
      side.on('close', () => this.closed(side, other));
    }
  }

  apply(fault: TcpFault | undefined): void {
    this.fault = fault;
    this.answered = 0;
    if (fault?.kind === 'reset') this.reset();
    // What fell into a black hole is lost: the conversation cannot be taken up again.
    if (fault?.kind === 'black-hole' || fault?.kind === 'half-open') this.swallowing = true;
    if (fault?.kind === 'half-open') this.server.destroy();
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }

  private reset(): void {
    this.client.resetAndDestroy();
    this.server.destroy();
  }

  private answer(chunk: Buffer): void {
    if (this.fault?.kind !== 'cut') return this.pass(chunk, this.client);
    const room = this.fault.afterBytes - this.answered;
    this.answered += chunk.length;
    this.pass(chunk.subarray(0, Math.max(0, room)), this.client);
    if (chunk.length >= room) this.destroySoon();
  }

  private destroySoon(): void {
    this.client.end();
    this.server.destroy();
  }

  private pass(chunk: Buffer, to: Socket): void {
    if (this.swallowing) return;
    const write = (): void => {
      if (!this.swallowing && to.writable) to.write(chunk);
    };
    if (this.fault?.kind === 'latency') setTimeout(write, this.fault.ms);
    else write();
  }

  private closed(side: Socket, other: Socket): void {
    // A hole tells nobody that the far side has gone.
    if (side === this.server && this.swallowing) return;
    other.destroy();
    this.onClose();
  }
}
