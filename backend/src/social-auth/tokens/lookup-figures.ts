import { Injectable } from '@nestjs/common';
import { BatchFigures } from '../database/statement-batches';

/**
 * What came of the tokens that were presented, counted since the start of this process; for the metrics of a host. The
 * questions are tokens that were looked up in the database.
 */
@Injectable()
export class LookupFigures extends BatchFigures {
  /** Answered from memory. */
  hits = 0;
  /** Left to the database: not in memory, or nothing in memory may be believed at the moment. */
  misses = 0;
  /** Tokens in memory at the moment. */
  cached = 0;
  /** Look-ups that were repeated because their token or account changed meanwhile. */
  repeated = 0;
}
