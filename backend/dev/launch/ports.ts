import { once } from 'node:events';
import { createServer } from 'node:net';
import { answersAt } from '../processes/port-probe';
import { LaunchError } from './launch.error';

/** A port that a part of the demo is about to take. */
export interface WantedPort {
  readonly port: number;
  readonly who: string;
  /** How to choose another one. */
  readonly mend: string;
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}

/** Somebody who listens on all addresses does not keep every system from letting us listen on one. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) && !(await answersAt('127.0.0.1', port)) && !(await answersAt('::1', port));
}

/** Makes sure that every port can be had: a fault names all that cannot. */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  const seen = new Set<number>();
  const faults: string[] = [];
  for (const { port, who, mend } of wanted) {
    if (seen.has(port)) faults.push(`Port ${port} is wanted twice, for the ${who} too: ${mend}.`);
    else if (!(await isFree(port)))
      faults.push(`Port ${port} (${who}) is taken: stop the program that has it, or ${mend}.`);
    seen.add(port);
  }
  if (faults.length > 0) throw new LaunchError(faults.join('\n'));
}
