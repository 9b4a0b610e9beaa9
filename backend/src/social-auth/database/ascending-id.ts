import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { SystemClock } from '../clock/clock';

const BYTES = 16;
const stock = Buffer.alloc(BYTES * 256);
let used = stock.length;

// Not the injected one: an id tells the time of the machine.
const clock = new SystemClock();
let milliseconds = 0;
let sequence = 0;

/** Random bytes drawn ahead: a draw costs more than all the rest of an id. Never for secrets, which would lie in memory. */
function fromStock(): Buffer {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += BYTES;
  return stock.subarray(used - BYTES, used);
}

/** The id of a row: a UUID of version 7, above all that this process has made before. [RFC 9562 5.7, 6.2] */
export function ascendingId(): string {
  const random = fromStock();
  const now = clock.now();
  if (now > milliseconds) {
    milliseconds = now;
    sequence = random.readUInt32BE(6) >>> 1;
  } else {
    // From 31 bits: 2 thousand million ids in one millisecond are out of reach.
    sequence += 1;
  }
  return uuidv7({ random, msecs: milliseconds, seq: sequence });
}
