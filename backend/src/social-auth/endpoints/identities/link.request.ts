import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** The body of a link by ticket. */
export class LinkRequest {
  @ApiProperty({
    description: 'The `link_ticket` with which a sign-in was refused.',
    example: 'Vx0m3hZ9…',
    maxLength: 200,
  })
  @IsString()
  @Length(1, 200)
  ticket!: string;
}
