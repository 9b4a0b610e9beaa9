import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { DatabaseServer } from '../servers/database-server';
import { backends, SMALL_HEAP, type MeasuredBackend } from './backends';
import { cacheTokens, type CachedTokens } from './cached-tokens';
import { readMemoryOptions } from './memory-options';
import { isBelievable, memoryReport, MOST_MB } from './memory-report';
import { settlePeople } from './people';

/** What is measured: as Node comes, and with a heap that leaves the collector no choice. Only the latter is checked. */
const SETTINGS: readonly (readonly string[])[] = [[], SMALL_HEAP];

async function main(): Promise<void> {
  const { tokens, check, database } = readMemoryOptions(process.argv.slice(2));
  const server = await DatabaseServer.start(database);
  const results = new Map<string, CachedTokens>();
  const complaints: string[] = [];
  try {
    for (const backend of backends) {
      for (const nodeOptions of SETTINGS) {
        const title = [backend.title, ...nodeOptions].join(' ');
        console.log(`${title}, ${tokens} tokens …`);
        const result = await measure(backend, nodeOptions, server, tokens);
        results.set(title, result);
        if (!isBelievable(tokens, result)) complaints.push(`${title}: not all of ${tokens} were answered from memory.`);
        const isTooLarge = nodeOptions === SMALL_HEAP && result.peak >= MOST_MB * 1e6;
        if (isTooLarge) complaints.push(`${title}: it was ${MOST_MB} MB or more.`);
      }
    }
  } finally {
    await server.stop();
  }
  console.log(`\n${memoryReport(results)}\n\nNode ${process.versions.node}, ${process.arch}`);
  for (const complaint of complaints) console.error(complaint);
  if (check && complaints.length > 0) process.exitCode = 1;
}

async function measure(
  backend: MeasuredBackend,
  nodeOptions: readonly string[],
  server: DatabaseServer,
  tokens: number,
): Promise<CachedTokens> {
  const { url, drop } = await server.createDatabase();
  try {
    await migrate(url, backend);
    const hmacKey = randomBytes(32);
    const presented = await settlePeople(url, tokens, hmacKey);
    const running = await backend.start({ databaseUrl: url, hmacKey, cacheSize: tokens, nodeOptions });
    return await cacheTokens(running, presented).finally(() => running.stop());
  } finally {
    await drop();
  }
}

async function migrate(url: string, { schema }: MeasuredBackend): Promise<void> {
  const { migrations, migrationsTableName } = schema;
  const source = await new DataSource({ type: 'postgres', url, migrations, migrationsTableName }).initialize();
  await source.runMigrations().finally(() => source.destroy());
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
