import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { createRedisRevocationBus, type RevocationBus } from '../../../src/social-auth';
import { describeOnRedis } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { TcpFaultProxy } from '../../support/tcp-fault-proxy';
import { BusEar } from './bus-ear';
import { describeBus } from './bus-contract';

type Connect = (options: RedisOptions) => Redis;

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

  describe('on its two connections', () => {
    let proxy: TcpFaultProxy;
    let ears: BusEar[];
    beforeEach(async () => {
      ears = [];
      proxy = await TcpFaultProxy.start({ host: server().host, port: server().port });
    });
    afterEach(async () => {
      await Promise.all(ears.map(({ bus }) => bus.stop()));
      await proxy.stop();
    });

    const listen = (ownPrefix: string, connect: Connect): BusEar => {
      const ear = new BusEar(createRedisRevocationBus({ connect, prefix: ownPrefix }));
      ears.push(ear);
      return ear;
    };

    it.each(['publisher', 'subscriber'] as const)(
      'is up once it can both speak and hear, with the one of the %s late',
      async (late) => {
        await proxy.inject({ kind: 'refuse' });
        // The publisher is made first.
        const urls = [server().url, proxy.urlOf(server().url)];
        if (late === 'publisher') urls.reverse();
        const ear = listen(`${prefix}${late}:`, (options) => new Redis(urls.shift() ?? '', options));
        await eventually(async () => {
          const [, subscribers] = await operator.pubsub('NUMSUB', `${prefix}${late}:social_auth_revocation`);
          expect(subscribers).toBe(late === 'publisher' ? 1 : 0);
          expect(ear.reasons.length).toBeGreaterThan(1);
        });
        expect(ear.ups).toBe(0);
        await proxy.heal();
        await eventually(() => expect(ear.isUp).toBe(true));
        await ear.bus.publish('at once');
        await eventually(() => expect(ear.messages).toEqual(['at once']));
        expect(ear.ups).toBe(1);
      },
    );

    it('says nothing more once it is stopped, be it in the midst of subscribing', async () => {
      const clients: Redis[] = [];
      const ear = listen(prefix, (options) => {
        const client = new Redis(proxy.urlOf(server().url), options);
        clients.push(client);
        return client;
      });
      // Behind the listener of the bus, which has asked by then, and before any answer.
      await once(clients[1] ?? operator, 'ready');
      await ear.bus.stop();
      await eventually(() => expect(proxy.connections).toBe(0));
      await sleep(0);
      expect([ear.reasons, ear.isUp]).toEqual([[], false]);
    });
  });
});
