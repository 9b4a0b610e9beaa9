import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port';
import type { Contestant } from '../contestants';
import type { LoadGenerator } from '../load/load-generator';
import { sampleOf, type Sample } from '../measure/measurement';
import { series } from '../series';
import type { Command } from './cores';
import type { DatabaseServer } from './database-server';
import { DJANGO_APP, PYTHON } from './django';
import type { IdleGroup } from './idle-group';
import type { Issuer } from './issuer';
import { ServerProcess } from './server-process';

/** What all contestants share. */
export interface Arena {
  database: DatabaseServer;
  issuer: Issuer;
  /** One that never sleeps, and one that sleeps until it is answered. */
  loads: Readonly<Record<'awake' | 'sleeping', LoadGenerator>>;
  /** Holds the one that never sleeps, and what keeps the cores awake. */
  idle: IdleGroup;
  /** ID tokens of everybody who signs in. */
  idTokens: readonly string[];
}

type Clients = readonly Readonly<Record<string, string>>[];

/** A contestant that runs, on a database of its own, and can be driven. */
export interface RunningContestant {
  /** Headers of each of its clients. */
  clients: Clients;
  /** Sends every request once. */
  pass(): Promise<void>;
  /** Drives it for a time. */
  sample(milliseconds: number): Promise<Sample>;
  stop(): Promise<void>;
}

/**
 * Starts a contestant.
 *
 * @param others whose clients it is driven with. Default: its own.
 */
export async function startContestant(
  contestant: Contestant,
  arena: Arena,
  others?: Clients,
): Promise<RunningContestant> {
  const { database, issuer, loads } = arena;
  const shape = series[contestant.series].load;
  const load = shape.isAwake ? loads.awake : loads.sleeping;
  const { url, drop } = await database.createDatabase();
  const server = await ServerProcess.start(commandOf(contestant), {
    ...contestant.environment,
    DATABASE_URL: url,
    ...issuer.environment,
    PORT: String(await freePort()),
  }).catch(async (error: unknown) => {
    await drop();
    throw new Error(`${contestant.name} did not start.`, { cause: error });
  });
  const target = `${contestant.name} ${randomUUID()}`;
  const { port } = server.ready;
  const clients = others ?? server.ready.clients;
  await load.open(target, port, shape, requestsTo(contestant, clients, arena.idTokens));
  return {
    clients,
    pass: () => load.pass(target),
    sample: async (milliseconds) => {
      const before = server.cpuSeconds();
      const result = await load.run(target, milliseconds);
      return sampleOf(result, server.cpuSeconds() - before);
    },
    stop: async () => {
      await load.close(target);
      await server.stop();
      await drop();
    },
  };
}

function commandOf({ app }: Contestant): Command {
  if (app === 'drf') return [PYTHON, '-B', join(DJANGO_APP, 'bench_server.py')];
  return [process.execPath, join(__dirname, '../apps', `${app}.js`)];
}

/** The requests as they go over the wire. */
function requestsTo({ path, bodyOf }: Contestant, clients: Clients, idTokens: readonly string[]): string[] {
  const common = { host: '127.0.0.1', accept: 'application/json' };
  if (!bodyOf) return clients.map((headers) => request('GET', path, { ...common, ...headers }));
  return idTokens.map((idToken) => {
    const body = JSON.stringify(bodyOf(idToken));
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    return request('POST', path, { ...common, ...headers }, body);
  });
}

function request(method: string, path: string, headers: Record<string, string>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
