import { setTimeout as pause } from 'node:timers/promises';
import { NodeProcess } from '../processes/node-process';

const PATIENCE_MILLISECONDS = 60_000;
const INTERVAL_MILLISECONDS = 100;

async function isHealthy(address: string): Promise<boolean> {
  try {
    const { status, body } = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await body?.cancel();
    return status < 500;
  } catch {
    return false;
  }
}

/** Waits until the address answers without a server error; a process that ends instead is the reason of a failure. */
export async function untilHealthy(address: string, child: NodeProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (child.running) {
    if (await isHealthy(address)) return;
    if (performance.now() > deadline) throw new Error(child.explain(`does not answer at ${address}`));
    await pause(INTERVAL_MILLISECONDS);
  }
  throw new Error(child.explain(await child.ended));
}
