import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../options';
import { coresOf } from '../servers/cores';
import { djangoVersions } from '../servers/django';
import type { Arena } from '../servers/start-contestant';

const BACKEND = join(__dirname, '../../../..');

const PACKAGES = ['@nestjs/core', 'fastify', 'typeorm', 'pg', 'google-auth-library', 'better-auth', 'passport-jwt'];

/** The machine, the versions and the settings of a run, as a list in Markdown. */
export async function conditionsOf({ database, idle }: Arena, options: BenchOptions, date: Date): Promise<string> {
  const { server_version: postgres = '', ...settings } = await database.settings();
  const shown = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const { starts, pairs, halfMs, warmUpMs } = options;
  const group = idle.isThere ? 'an' : 'no';
  const pinning = database.isPinned ? 'on the load’s cores' : 'on any core: it is a server that runs here already';
  return [
    `- ${machineOn(date)}`,
    `- Server on core ${coresOf('server')}; load and issuer on core ${coresOf('load')}; PostgreSQL ${pinning}; ${group} idle group.`,
    `- PostgreSQL ${postgres}: ${shown.join(', ')}.`,
    `- Node ${process.versions.node}; ${PACKAGES.map(versionOf).join(', ')}.`,
    `- ${djangoVersions() ?? 'Django REST Framework is not installed.'}`,
    `- ${starts} starts of ${pairs} pairs each, of ${halfMs / 1000} s each way, after ${warmUpMs / 1000} s of warm-up.`,
  ].join('\n');
}

/** The day and the machine, as a sentence. */
export function machineOn(date: Date): string {
  const [processor] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${date.toISOString().slice(0, 10)}; ${processor?.model.trim() ?? 'a processor'}, ${cpus().length} cores, ${memory}; Linux ${release()}.`;
}

function versionOf(name: string): string {
  for (const folder of ['bench/node_modules', 'node_modules', '../node_modules']) {
    try {
      const manifest = readFileSync(join(BACKEND, folder, name, 'package.json'), 'utf8');
      return `${name} ${(JSON.parse(manifest) as { version: string }).version}`;
    } catch {
      // Not in this folder.
    }
  }
  return name;
}
