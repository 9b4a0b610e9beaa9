import { ApiProperty } from '@nestjs/swagger';

/** Documents the member of a list that leads to its next page. */
export const NextPage = (): PropertyDecorator =>
  ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The `before` of the next page; null: this is the last one.',
    example: null,
  });
