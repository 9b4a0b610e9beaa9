import { connect, type Socket } from 'node:net';

/** What came back for one request. */
export interface Answer {
  status: number;
  milliseconds: number;
  /** The whole answer, as it came. */
  text: string;
}

const END_OF_HEAD = '\r\n\r\n';

/** One keep-alive connection that sends one request at a time and does as little as it can besides. */
export class Connection {
  private socket: Socket | undefined;
  private received = '';
  private sentAt = 0;

  /** @param onAnswer hears of every answer; {@link onFailure} of a connection that broke under a request. */
  constructor(
    private readonly port: number,
    private readonly onAnswer: (answer: Answer) => void,
    private readonly onFailure: (error: Error) => void,
  ) {}

  send(request: string): void {
    this.sentAt = performance.now();
    this.received = '';
    this.socket ??= this.open();
    this.socket.write(request, 'latin1');
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.sentAt = 0;
  }

  private open(): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
    socket.on('data', (chunk: string) => this.receive(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined;
      this.fail(new Error('The server closed the connection under a request.'));
    });
    return socket;
  }

  private receive(chunk: string): void {
    this.received = this.received === '' ? chunk : this.received + chunk;
    const text = this.received;
    const endOfHead = text.indexOf(END_OF_HEAD);
    if (endOfHead === -1) return;
    const head = text.slice(0, endOfHead);
    if (!isComplete(text, head, endOfHead + END_OF_HEAD.length)) return;
    if (/\nconnection: *close/i.test(head)) this.dropSocket();
    const milliseconds = performance.now() - this.sentAt;
    this.sentAt = 0;
    this.onAnswer({ status: Number(text.slice(9, 12)), milliseconds, text });
  }

  private dropSocket(): void {
    this.socket?.removeAllListeners().destroy();
    this.socket = undefined;
  }

  private fail(error: Error): void {
    if (this.sentAt === 0) return;
    this.sentAt = 0;
    this.onFailure(error);
  }
}

function isComplete(text: string, head: string, bodyAt: number): boolean {
  const length = /\ncontent-length: *(\d+)/i.exec(head);
  if (length) return text.length - bodyAt >= Number(length[1]);
  if (/\ntransfer-encoding: *chunked/i.test(head)) return text.endsWith('\r\n0\r\n\r\n');
  return true;
}
