import { GrownDatabase, type RelationSize } from './grown-database';
import { GrownHost } from './grown-host';
import { latenciesFor, latenciesOf, type Latencies } from './latencies';
import { TokenReader, type TokenKey } from './token-reader';

const LOOK_UPS = 2_000;
const SIGN_INS = 300;
const WARM_UP = 500;
const PURGE_WINDOW_MS = 4_000;

/** What was measured of one number of tokens: one window of each kind for each round. */
export interface GrowthResult {
  tokens: number;
  sizes: RelationSize[];
  lookUps: Record<TokenKey, Latencies[]>;
  signIns: Latencies[];
}

/** Look-ups with and without the purge, and how many tokens it deleted in a second. */
export interface PurgeResult {
  tokens: number;
  without: Latencies[];
  beside: Latencies[];
  deletedPerSecond: number;
}

/** Measures look-ups and sign-ins; in each round every size has its turn. */
export async function measureGrowth(databases: readonly GrownDatabase[], rounds: number): Promise<GrowthResult[]> {
  const readers = await Promise.all(databases.map((database) => TokenReader.connect(database)));
  for (const reader of readers) await reader.addFormerKey();
  const results: GrowthResult[] = [];
  for (const database of databases) {
    const sizes = await database.sizes();
    results.push({ tokens: database.tokens, sizes, lookUps: { narrow: [], former: [] }, signIns: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const key of ['narrow', 'former'] as const) {
      for (const [place, reader] of readers.entries()) {
        const window = await reader.withKey(key, () => lookUpsOf(reader));
        results[place]?.lookUps[key].push(window);
      }
    }
    console.log(`look-ups, round ${round + 1} of ${rounds}`);
  }
  for (const reader of readers) await reader.dropFormerKey();
  await Promise.all(readers.map((reader) => reader.end()));
  await measureSignIns(databases, results, rounds);
  return results;
}

async function lookUpsOf(reader: TokenReader): Promise<Latencies> {
  await latenciesOf(WARM_UP, () => reader.readAny());
  return latenciesOf(LOOK_UPS, () => reader.readAny());
}

async function measureSignIns(
  databases: readonly GrownDatabase[],
  results: readonly GrowthResult[],
  rounds: number,
): Promise<void> {
  const hosts = await Promise.all(databases.map((database) => GrownHost.start(database)));
  for (const host of hosts) await latenciesOf(SIGN_INS, () => host.signIn());
  for (let round = 0; round < rounds; round++) {
    for (const [place, host] of hosts.entries()) {
      results[place]?.signIns.push(await latenciesOf(SIGN_INS, () => host.signIn()));
    }
    console.log(`sign-ins, round ${round + 1} of ${rounds}`);
  }
  await Promise.all(hosts.map((host) => host.stop()));
}

/** Measures look-ups with and without a purge beside them, by turns. */
export async function measurePurge(database: GrownDatabase, rounds: number): Promise<PurgeResult> {
  const reader = await TokenReader.connect(database);
  const host = await GrownHost.start(database);
  const result: PurgeResult = { tokens: database.tokens, without: [], beside: [], deletedPerSecond: 0 };
  const before = await countTokens(database);
  await latenciesOf(WARM_UP, () => reader.readAny());
  for (let round = 0; round < rounds; round++) {
    result.without.push(await latenciesFor(PURGE_WINDOW_MS, () => reader.readAny()));
    const purge = host.startPurge();
    result.beside.push(await latenciesFor(PURGE_WINDOW_MS, () => reader.readAny()));
    await purge.stop();
    console.log(`purge, round ${round + 1} of ${rounds}`);
  }
  result.deletedPerSecond = ((before - (await countTokens(database))) / (rounds * PURGE_WINDOW_MS)) * 1_000;
  await reader.end();
  await host.stop();
  return result;
}

async function countTokens(database: GrownDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>('select count(*)::float8 as count from social_auth_token');
  return row?.count ?? 0;
}
