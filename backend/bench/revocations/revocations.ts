import { RedisProcess } from '../../test/support/redis-process';
import { machineOn } from '../report/conditions';
import { DatabaseServer } from '../servers/database-server';
import { Issuer } from '../servers/issuer';
import type { Ground } from './fleet';
import { measureRevocations, peopleOf, WARM_UP, type RevocationsResult } from './measure-revocations';
import { readRevocationsOptions, type RevocationsOptions } from './revocations-options';
import { isKept, PROMISED_MS, revocationsReport } from './revocations-report';

async function main(): Promise<void> {
  const options = readRevocationsOptions(process.argv.slice(2));
  // Four replicas have no core of their own: what is measured is how soon all of them obey, not what one spends.
  const database = await DatabaseServer.start(options.database, 'anywhere');
  const issuer = await Issuer.start();
  const wantsRedis = options.buses.includes('redis') && RedisProcess.isAvailable();
  const redis = wantsRedis ? await RedisProcess.start() : undefined;
  try {
    await run({ database, issuer, redis }, options);
  } finally {
    issuer.stop();
    await redis?.stop();
    await database.stop();
  }
}

async function run(ground: Ground, options: RevocationsOptions): Promise<void> {
  const idTokens = ground.issuer.idTokens(peopleOf(options));
  const results: RevocationsResult[] = [];
  for (const bus of options.buses) {
    if (bus === 'postgres' || ground.redis) {
      results.push(await measureRevocations(bus, ground, idTokens, options));
    } else console.log('Redis is not measured: apt-get install redis-server');
  }
  console.log(`\n${revocationsReport(results)}\n\n${await conditionsOf(ground, options)}\n`);
  if (!options.check) return;
  const areKept = results.length === options.buses.length && results.every(isKept);
  const promise = `every replica refuses within ${PROMISED_MS} ms at p99, and for good`;
  console.log(areKept ? `Kept on every bus: ${promise}.` : `Missed or not measured on a bus: ${promise}.`);
  if (!areKept) process.exitCode = 1;
}

async function conditionsOf({ database, redis }: Ground, { rate, load }: RevocationsOptions): Promise<string> {
  const settings = Object.entries(await database.settings()).map(([name, value]) => `${name} = ${value}`);
  const redisVersion = redis ? ` Redis ${await redis.version()}.` : '';
  return [
    `- ${machineOn(new Date())}`,
    `- PostgreSQL: ${settings.join(', ')}.${redisVersion} Node ${process.versions.node}. Nothing is pinned to a core.`,
    `- ${rate} revocations a second, after ${WARM_UP} that do not count, and ${load} other requests a second at each replica.`,
  ].join('\n');
}

// The replicas hear of Ctrl-C as well: the run fails for want of them, and tidies up. npm may tell of it twice.
process.on('SIGINT', () => undefined);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
