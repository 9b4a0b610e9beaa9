import { Redis } from 'ioredis';
import { createRedisRevocationBus, type RevocationBus } from '../../../src/social-auth';
import { describeOnRedis } from '../../support/describe-on-server';
import { describeBus } from './bus-contract';

describeOnRedis('the bus over Redis', (server) => {
  let operator: Redis;
  // The server may be shared with other suites.
  const prefix = `test-${process.pid}-${Date.now()}:`;

  const busAt = (port: number): RevocationBus =>
    createRedisRevocationBus({ connect: (options) => new Redis(`redis://127.0.0.1:${port}`, options), prefix });

  async function cut(): Promise<void> {
    const clients = (await operator.client('LIST')) as string;
    const ours = clients.split('\n').filter((line) => line.includes('name=social-auth-revocation'));
    for (const line of ours) await operator.client('KILL', 'ID', /\bid=(\d+)/.exec(line)?.[1] ?? '');
  }

  beforeAll(() => {
    operator = new Redis(server().url);
  });
  afterAll(() => operator.disconnect());

  describeBus(() => ({ host: server().host, port: server().port, busAt, cut }));
});
