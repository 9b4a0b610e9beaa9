import { setTimeout as sleep } from 'node:timers/promises';
import { RepeatedTask } from './repeated-task';

describe('a repeated task', () => {
  it('runs again and again, a pause after the end of each run', async () => {
    const moments: string[] = [];
    const task = new RepeatedTask(
      async () => {
        moments.push('begins');
        await sleep(20);
        moments.push('ends');
      },
      () => 5,
    );
    task.start();
    task.start();
    expect(moments).toEqual([]);
    while (moments.length < 6) await sleep(5);
    await task.stop();
    expect(moments.slice(0, 6)).toEqual(['begins', 'ends', 'begins', 'ends', 'begins', 'ends']);
  });

  it('asks anew for each pause how long it is', async () => {
    const pauses = [0, 0, 60_000];
    let runs = 0;
    const task = new RepeatedTask(
      () => Promise.resolve(void (runs += 1)),
      () => pauses.shift() ?? 0,
    );
    task.start();
    await sleep(50);
    await task.stop();
    expect(runs).toBe(2);
  });

  it('ends once the run under way has ended, and begins no other', async () => {
    let begun = 0;
    let ended = 0;
    const task = new RepeatedTask(
      async () => {
        begun += 1;
        await sleep(30);
        ended += 1;
      },
      () => 0,
    );
    task.start();
    while (begun === 0) await sleep(1);
    await task.stop();
    expect(ended).toBe(begun);
    await sleep(50);
    expect(begun).toBe(ended);
  });

  it('ends at once before its first run, and may begin again', async () => {
    let runs = 0;
    const task = new RepeatedTask(
      () => Promise.resolve(void (runs += 1)),
      () => 5,
    );
    task.start();
    await task.stop();
    await sleep(20);
    expect(runs).toBe(0);
    task.start();
    while (runs === 0) await sleep(1);
    await task.stop();
  });

  it('can be hastened: the next run begins at once, or when the one under way has ended', async () => {
    const moments: string[] = [];
    const task = new RepeatedTask(
      async () => {
        moments.push('begins');
        await sleep(10);
        moments.push('ends');
      },
      () => 60_000,
    );
    task.hasten();
    task.start();
    expect(moments).toEqual([]);
    task.hasten();
    expect(moments).toEqual(['begins']);
    task.hasten();
    task.hasten();
    await sleep(60);
    expect(moments).toEqual(['begins', 'ends', 'begins', 'ends']);
    await task.stop();
    task.hasten();
    expect(moments).toHaveLength(4);
  });

  it('goes on in one line when it begins again while its last run is still under way', async () => {
    let running = 0;
    let most = 0;
    const task = new RepeatedTask(
      async () => {
        most = Math.max(most, ++running);
        await sleep(10);
        running -= 1;
      },
      () => 1,
    );
    task.start();
    while (running === 0) await sleep(1);
    void task.stop();
    task.start();
    await sleep(60);
    await task.stop();
    expect(most).toBe(1);
  });
});
