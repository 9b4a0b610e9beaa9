import { AwakeCores } from '../servers/awake-cores';
import { pinThisProcess } from '../servers/cores';
import { DatabaseServer } from '../servers/database-server';
import { IdleGroup } from '../servers/idle-group';
import { GrownDatabase } from './grown-database';
import { growthReport } from './growth-report';
import { readGrowthOptions, type GrowthOptions } from './growth-options';
import { measureGrowth, measurePurge } from './measure-growth';

async function main(): Promise<void> {
  const options = readGrowthOptions(process.argv.slice(2));
  const settings = options.sharedBuffers ? [`shared_buffers=${options.sharedBuffers}`] : [];
  const server = await DatabaseServer.start(options.database, 'load', settings);
  pinThisProcess('server');
  const idle = IdleGroup.make();
  const awake = AwakeCores.start(idle);
  try {
    await run(server, options);
  } finally {
    await awake.stop();
    await server.stop();
    await idle.remove();
  }
}

async function run(server: DatabaseServer, { sizes, rounds, keep }: GrowthOptions): Promise<void> {
  const databases: GrownDatabase[] = [];
  try {
    for (const tokens of sizes) {
      console.log(`a database with ${tokens} tokens …`);
      databases.push(await GrownDatabase.open(server.url, tokens));
    }
    for (const database of databases) await database.warm();
    const results = await measureGrowth(databases, rounds);
    const largest = databases.at(-1);
    const purge = largest && (await measurePurge(largest, rounds));
    const settings = Object.entries(await server.settings()).map(([name, value]) => `${name} = ${value}`);
    console.log(`\n${growthReport(results, purge)}\n\n${settings.join(', ')}`);
  } finally {
    if (!keep) for (const database of databases) await database.drop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
