import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DatabaseState } from './database.health';

/** The process is alive. */
export class LiveResponse {
  @ApiProperty({ enum: ['live'], example: 'live' })
  status!: 'live';
}

/** A provider, as its keys tell. */
export class ProviderHealth {
  @ApiProperty({ example: 'google' })
  name!: string;

  @ApiProperty({ enum: ['up', 'down', 'unknown'], example: 'up' })
  status!: 'up' | 'down' | 'unknown';

  @ApiPropertyOptional({ description: 'How long ago its keys were fetched', example: 120 })
  keysAgeSeconds?: number;
}

/** How this process hears of revocations. */
export class RevocationHealth {
  @ApiProperty({
    description: '`late`: nothing in memory is believed, and every request asks the database',
    enum: ['read', 'late'],
    example: 'read',
  })
  feed!: 'read' | 'late';

  @ApiProperty({
    description: '`down`: other processes are heard within the bound instead of at once',
    enum: ['up', 'down', 'off'],
    example: 'up',
  })
  bus!: 'up' | 'down' | 'off';
}

/** Whether the server wants requests; only `database` decides. */
export class ReadyResponse {
  @ApiProperty({ enum: ['ready', 'not_ready', 'stopping'], example: 'ready' })
  status!: 'ready' | 'not_ready' | 'stopping';

  @ApiProperty({ enum: ['up', 'down', 'migrations_missing'], example: 'up' })
  database!: DatabaseState;

  @ApiProperty({ enum: ['up', 'down', 'not_configured'], example: 'not_configured' })
  redis!: 'up' | 'down' | 'not_configured';

  @ApiProperty({ type: RevocationHealth })
  revocations!: RevocationHealth;

  @ApiProperty({ type: [ProviderHealth] })
  providers!: ProviderHealth[];
}
