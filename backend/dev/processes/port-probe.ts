import { createConnection } from 'node:net';

const PATIENCE_MILLISECONDS = 1_000;

/** True if somebody accepts connections there. */
export async function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const settle = (answered: boolean) => (): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', settle(true)).once('error', settle(false)).setTimeout(PATIENCE_MILLISECONDS, settle(false));
  });
}
