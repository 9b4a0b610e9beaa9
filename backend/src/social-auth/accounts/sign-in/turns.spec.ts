import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../../errors/social-auth.error';
import { Turns } from './turns';

describe('turns', () => {
  let turns: Turns;
  let running: number;
  let most: number;
  const work = async (): Promise<void> => {
    most = Math.max(most, (running += 1));
    await sleep(1);
    running -= 1;
  };
  beforeEach(() => {
    turns = new Turns();
    running = most = 0;
  });

  it('are taken one after the other at one key, in the order of arrival, and forgotten afterwards', async () => {
    const order: number[] = [];
    const arrivals = [1, 2, 3, 4].map((number) => turns.take('a', () => work().then(() => void order.push(number))));
    await Promise.all(arrivals);
    expect([order, most, turns.size]).toEqual([[1, 2, 3, 4], 1, 0]);
  });

  it('do not wait for those at another key', async () => {
    await Promise.all(['a', 'b', 'c'].map((key) => turns.take(key, work)));
    expect(most).toBe(3);
  });

  it('pass on to the next when one fails', async () => {
    const failing = turns.take('a', () => Promise.reject(new Error('of the work')));
    const next = turns.take('a', () => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('of the work');
    await expect(next).resolves.toBe('next');
  });

  it('are given up after two and a half seconds, and nobody behind waits for whoever has gone', async () => {
    jest.useFakeTimers();
    try {
      let end = (): void => undefined;
      const first = turns.take('a', () => new Promise<void>((resolve) => (end = resolve)));
      const impatient = turns.take('a', () => Promise.reject(new Error('it was run')));
      const refused = expect(impatient).rejects.toThrow(DatabaseUnavailableError);
      jest.advanceTimersByTime(2_499);
      const late = turns.take('a', () => Promise.resolve('late'));
      jest.advanceTimersByTime(1);
      await refused;
      end();
      await first;
      await expect(late).resolves.toBe('late');
    } finally {
      jest.useRealTimers();
    }
  });
});
