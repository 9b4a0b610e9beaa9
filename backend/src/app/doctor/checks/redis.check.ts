import { Redis } from 'ioredis';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { INSPECTION_DEADLINE_MS } from '../examination';
import { ok, type Finding } from '../finding';

const MEND = 'Start Redis, or correct or remove REDIS_URL; until then each process counts its limits alone.';

/** Whether Redis answers, where limits are counted there. */
export class RedisCheck implements DoctorCheck {
  inspections({ settings: { limits } }: Patient): Inspection[] {
    const { redisUrl } = limits;
    const look = async (): Promise<Finding[]> => [redisUrl === undefined ? WITHOUT : await ask(redisUrl)];
    return [{ subject: 'redis', mend: MEND, look }];
  }
}

const WITHOUT = ok('redis', 'REDIS_URL is not set: each process counts its limits alone');

async function ask(url: string): Promise<Finding> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: INSPECTION_DEADLINE_MS,
    commandTimeout: INSPECTION_DEADLINE_MS,
    enableOfflineQueue: false,
    retryStrategy: () => null,
  });
  // What connect() tells when it fails is that the connection is closed; this is why.
  let reason: Error | undefined;
  client.on('error', (error: Error) => (reason = error));
  try {
    await client.connect();
    await client.ping();
    return ok('redis', `${await versionOf(client)} at ${URL.parse(url)?.host ?? ''}`);
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}

async function versionOf(client: Redis): Promise<string> {
  // Hosted ones may forbid the command.
  const information = await client.info('server').catch(() => '');
  const version = /^redis_version:(\S+)/m.exec(information)?.[1];
  return version === undefined ? 'answers' : `Redis ${version}`;
}
