import { Connection, type Answer } from '../load/connection';

/** One connection, and whoever waits for its answer. */
class Line {
  private settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  private readonly connection: Connection;

  constructor(port: number) {
    this.connection = new Connection(
      port,
      (answer) => this.settle?.resolve(answer),
      (error) => this.settle?.reject(error),
    );
  }

  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.connection.send(request);
    });
  }

  close(): void {
    this.connection.close();
  }
}

/** Asks one replica, over as many keep-alive connections as there are questions at a time. */
export class Caller {
  private readonly lines = new Set<Line>();
  private readonly idle: Line[] = [];

  constructor(private readonly port: number) {}

  async ask(request: string): Promise<Answer> {
    const line = this.idle.pop() ?? this.open();
    const answer = await line.ask(request);
    this.idle.push(line);
    return answer;
  }

  close(): void {
    for (const line of this.lines) line.close();
  }

  private open(): Line {
    const line = new Line(this.port);
    this.lines.add(line);
    return line;
  }
}

const HOST = 'host: 127.0.0.1\r\naccept: application/json\r\n';

/** The guarded request with a token, as it goes over the wire. */
export const guarded = (token: string): string =>
  `GET /resource HTTP/1.1\r\n${HOST}authorization: Bearer ${token}\r\n\r\n`;

/** The sign-out of a token. */
export const signOut = (token: string): string =>
  `POST /auth/logout HTTP/1.1\r\n${HOST}authorization: Bearer ${token}\r\ncontent-length: 0\r\n\r\n`;

/** The sign-in with an ID token. */
export function signIn(idToken: string): string {
  const body = JSON.stringify({ id_token: idToken });
  const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `POST /auth/google HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;
}
