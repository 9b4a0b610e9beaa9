import { Injectable } from '@nestjs/common';
import type { BatchFigures } from '../../database/statement-batches';

/** What came of sign-ins that were gathered, counted since the start of this process; for the metrics of a host. */
@Injectable()
export class SignInFigures implements BatchFigures {
  /** Round trips to the database. */
  statements = 0;
  /** Sign-ins that they carried. */
  questions = 0;
  /** Always 0: each sign-in has a token of its own. */
  joined = 0;
  /** Sign-ins that were turned away because too many were waiting, or for too long. */
  turnedAway = 0;
}
