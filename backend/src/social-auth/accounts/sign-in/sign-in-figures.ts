import { Injectable } from '@nestjs/common';
import { BatchFigures } from '../../database/statement-batches';

/**
 * What came of sign-ins that were gathered, for the metrics of a host. The questions are sign-ins, of which none is joined
 * to another: each has a token of its own.
 */
@Injectable()
export class SignInFigures extends BatchFigures {}
