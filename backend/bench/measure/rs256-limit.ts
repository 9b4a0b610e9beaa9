import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

const RUN_MS = 2_000;
const BATCH = 100;

/** Verifies one signature over and over and tells how many times it can do so in a second of the processor. */
function measure(): number {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = createPublicKey(privateKey);
  // As long as the signed part of an ID token of Google.
  const input = Buffer.alloc(700, 'x');
  const signature = sign('sha256', input, privateKey);
  const run = (milliseconds: number): number => {
    const before = process.cpuUsage();
    const end = performance.now() + milliseconds;
    let count = 0;
    while (performance.now() < end) {
      for (let index = 0; index < BATCH; index++) verify('sha256', input, publicKey, signature);
      count += BATCH;
    }
    const { user, system } = process.cpuUsage(before);
    return count / ((user + system) / 1e6);
  };
  run(RUN_MS / 4);
  return run(RUN_MS);
}

process.stdout.write(`${measure()}\n`);
