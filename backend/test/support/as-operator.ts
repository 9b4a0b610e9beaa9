import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FeedReader } from '../../src/social-auth/revocation/feed-reader';
import { Freshness } from '../../src/social-auth/revocation/freshness';
import { eventually } from './eventually';

/**
 * Runs an operator's own statement in the database of a server, and waits until the server has heard of what it ends or
 * narrows: from the feed, since nobody told it.
 */
export async function asOperator(app: INestApplicationContext, text: string, values: unknown[] = []): Promise<void> {
  await app.get(DataSource).query(text, values);
  await untilHeard(app);
}

/** Waits until a server has heard of all that was committed by now. */
export async function untilHeard(app: INestApplicationContext): Promise<void> {
  const since = performance.now();
  app.get(FeedReader, { strict: false }).hasten();
  await eventually(
    () => {
      const age = app.get(Freshness, { strict: false }).ageMs() ?? Infinity;
      if (age >= performance.now() - since) throw new Error('The server has not read its feed.');
    },
    10_000,
    2,
  );
}
