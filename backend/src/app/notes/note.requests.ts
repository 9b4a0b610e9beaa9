import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { CodePoints } from '../../social-auth';

/** What a client posts to make a note. */
export class NewNoteRequest {
  @ApiProperty({ minLength: 1, maxLength: 1000, example: 'Water the plants' })
  @IsString()
  @CodePoints(1, 1000)
  // PostgreSQL cannot store NUL in a text.
  @Matches(/^[^\0]*$/)
  text!: string;
}

/** A note as a client sees it. */
export class NoteResponse {
  @ApiProperty({ format: 'uuid', example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001' })
  id!: string;

  @ApiProperty({ example: 'Water the plants' })
  text!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z' })
  created_at!: string;
}

/** The notes of the caller, newest first. */
export class NoteListResponse {
  @ApiProperty({ type: [NoteResponse] })
  notes!: NoteResponse[];
}
