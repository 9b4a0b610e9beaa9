import type { RevocationBus } from '../../../src/social-auth';
import { eventually } from '../../support/eventually';
import { TcpFaultProxy } from '../../support/tcp-fault-proxy';
import { BusEar } from './bus-ear';

/** A server of buses under test. */
export interface BusServer {
  host: string;
  port: number;
  /** A bus that reaches the server through this port of the loopback address. */
  busAt(port: number): RevocationBus;
  /** Cuts every connection from the side of the server. */
  cut(): Promise<unknown>;
}

const WITHIN_MS = 20_000;

/** What every bus does, with a real server behind a network that can be spoiled. */
export function describeBus(serverOf: () => BusServer): void {
  let proxy: TcpFaultProxy;
  let ears: BusEar[];

  const listen = (bus: RevocationBus): BusEar => {
    const ear = new BusEar(bus);
    ears.push(ear);
    return ear;
  };
  const through = (): BusEar => listen(serverOf().busAt(proxy.port));
  const up = (...awaited: BusEar[]): Promise<void> =>
    eventually(() => expect(awaited.map(({ isUp }) => isUp)).toEqual(awaited.map(() => true)), WITHIN_MS);
  /** Says a word from one to the other until it comes through. */
  const heardFrom = (one: BusEar, other: BusEar, word: string): Promise<void> =>
    eventually(async () => {
      await one.bus.publish(word);
      expect(other.messages).toContain(word);
    }, WITHIN_MS);

  beforeEach(async () => {
    ears = [];
    proxy = await TcpFaultProxy.start(serverOf());
  });
  afterEach(async () => {
    await Promise.all(ears.map(({ bus }) => bus.stop()));
    await proxy.stop();
  });

  it('carries messages to everybody, in order and as they are', async () => {
    const [one, other] = [through(), through()];
    await up(one, other);
    const messages = ['one', `${'€'.repeat(2_000)}'"\\`, 'r1 0123456789abcdef feed'];
    for (const message of messages) await one.bus.publish(message);
    await eventually(() => expect(other.messages).toEqual(messages));
    expect([one.ups, one.reasons]).toEqual([1, []]);
  });

  it('is down and refuses to publish while there is no server, and comes up by itself', async () => {
    await proxy.inject({ kind: 'refuse' });
    const [one, other] = [through(), through()];
    await eventually(() => expect(one.reasons.length).toBeGreaterThan(1), WITHIN_MS);
    await expect(one.bus.publish('lost')).rejects.toThrow();
    await proxy.heal();
    await up(one, other);
    await heardFrom(one, other, 'found');
    expect(other.messages).not.toContain('lost');
  });

  it('comes back after the server has cut the connection, and says that something may be lost', async () => {
    const [one, other] = [through(), through()];
    await up(one, other);
    await serverOf().cut();
    await eventually(() => expect([one.ups, other.ups]).toEqual([2, 2]), WITHIN_MS);
    await heardFrom(one, other, 'again');
  });

  it('notices a network that swallows everything, waits for no answer, and connects anew', async () => {
    const [one, other] = [through(), through()];
    await up(one, other);
    await proxy.inject({ kind: 'black-hole' });
    await expect(one.bus.publish('swallowed')).rejects.toThrow();
    // By its heartbeat alone: it has said nothing.
    await eventually(() => expect(other.isUp).toBe(false), WITHIN_MS);
    await proxy.heal();
    await up(one, other);
    await heardFrom(one, other, 'heard');
  });

  it('leaves nothing open when it is stopped, whatever it is doing', async () => {
    const standing = through();
    await up(standing);
    const connecting = through();
    await Promise.all([standing.bus.stop(), connecting.bus.stop()]);
    await eventually(() => expect(proxy.connections).toBe(0), WITHIN_MS);
    await proxy.inject({ kind: 'refuse' });
    const failing = through();
    await eventually(() => expect(failing.reasons.length).toBeGreaterThan(0), WITHIN_MS);
    await failing.bus.stop();
    await proxy.heal();
    const accepted = proxy.connections;
    expect(accepted).toBe(0);
    expect(standing.reasons).toEqual([]);
  });
}
