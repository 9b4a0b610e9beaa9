import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';

const USUAL_LIMIT = 50;
const MOST = 100;

/** Which page of a list, newest first, is asked for. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST, default: USUAL_LIMIT })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: `$property must be a whole number from 1 to ${MOST}` })
  limit?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the page before.' })
  @IsOptional()
  @IsUUID()
  before?: string;
}

/** The page that is asked for, with the usual limit where none is named. */
export const pageOf = ({ limit, before }: PageQuery): { limit: number; before: string | undefined } => ({
  limit: limit === undefined ? USUAL_LIMIT : Number(limit),
  before,
});
