import { Expects, ExpectsFlag } from './expects.decorator';
import { isAddress, isWholeNumber } from './value-forms';

const ADDRESS = 'an address like postgres://user:password@host:5432/database';

/** The environment variables of the database and of what is kept on disk. */
export class DatabaseVariables {
  @Expects(`${ADDRESS}, with pool_max, if given, from 1 to 100`, isDatabaseAddress)
  DATABASE_URL?: string;

  @Expects(ADDRESS, isDatabaseAddress)
  DATABASE_DIRECT_URL?: string;

  @ExpectsFlag()
  DATABASE_PREPARED?: string;

  @ExpectsFlag()
  MIGRATE_ON_START?: string;

  @Expects('a directory', (value) => !value.includes('\0'))
  DATA_DIR?: string;
}

function isDatabaseAddress(value: string): boolean {
  if (!isAddress(value, ['postgres:', 'postgresql:'])) return false;
  const poolMax = new URL(value).searchParams.get('pool_max');
  return poolMax === null || isWholeNumber(poolMax, 1, 100);
}
