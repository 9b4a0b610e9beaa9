import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** After an answer has begun, so much without its end is silence. */
const SILENCE_MS = 1_500;

/** A connection on which a test sends bytes of its own choice. */
export class RawConnection {
  private text = '';

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => (this.text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** All that was answered so far. */
  get received(): string {
    return this.text;
  }

  /** The status codes answered so far. */
  get statuses(): number[] {
    return [...this.text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  }

  send(...lines: string[]): void {
    this.socket.write(lines.join('\r\n'));
  }

  /** Waits until the server closes the connection, at most so long. */
  async closed(withinMs = 15_000): Promise<boolean> {
    if (this.socket.closed) return true;
    return once(this.socket, 'close', { signal: AbortSignal.timeout(withinMs) }).then(
      () => true,
      () => false,
    );
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** Sends one request as it is written and yields all that comes back until the connection ends or is silent. */
export async function sendRaw(url: string, ...lines: string[]): Promise<RawConnection> {
  const connection = await RawConnection.open(url);
  connection.send(...lines);
  const silence = once(connection.socket, 'data').then(() => connection.closed(SILENCE_MS));
  await Promise.race([connection.closed(), silence.catch(() => undefined)]);
  connection.destroy();
  return connection;
}
