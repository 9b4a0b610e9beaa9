import { join } from 'node:path';

/** The root of the repository. */
export const repository = join(__dirname, '../../../..');

/** What the browser suites keep from run to run. */
export const cacheDirectory = join(repository, 'node_modules/.cache/browser-suites');
