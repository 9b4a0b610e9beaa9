import type { ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** How many clients a guarded application prepares: one for each connection of the load. */
export const CLIENTS = 64;

/** What an application must be told by its environment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

/** Builds the Nest application on Fastify that all have in common: no access log, no middleware. */
export async function nestApp(metadata: ModuleMetadata): Promise<NestFastifyApplication> {
  const root = { module: class BenchModule {}, ...metadata };
  return NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}

/** Listens on a free port of loopback and tells whoever started the process, with the headers of each client. */
export async function serve(app: NestFastifyApplication, clients: Record<string, string>[] = [{}]): Promise<void> {
  await app.listen(0, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  process.stdout.write(`READY ${JSON.stringify({ port, clients })}\n`);
}
