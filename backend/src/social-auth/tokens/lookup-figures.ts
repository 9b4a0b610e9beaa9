import { Injectable } from '@nestjs/common';
import type { BatchFigures } from '../database/statement-batches';

/** What came of the tokens that were presented, counted since the start of this process; for the metrics of a host. */
@Injectable()
export class LookupFigures implements BatchFigures {
  /** Answered from memory. */
  hits = 0;
  /** Left to the database: not in memory, or nothing in memory may be believed at the moment. */
  misses = 0;
  /** Tokens in memory at the moment. */
  cached = 0;
  /** Statements that were sent. */
  statements = 0;
  /** Tokens that were looked up by these statements. */
  questions = 0;
  /** Misses that were answered by a look-up of the same token that was about to be sent. */
  joined = 0;
  /** Look-ups that were repeated because their token or account changed meanwhile. */
  repeated = 0;
  /** Misses that were turned away because too many were waiting, or for too long. */
  turnedAway = 0;
}
