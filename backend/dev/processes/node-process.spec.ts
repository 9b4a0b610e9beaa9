import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeProcess } from './node-process';

const directory = mkdtempSync(join(tmpdir(), 'node-process-'));
afterAll(() => rmSync(directory, { recursive: true }));

function script(name: string, source: string): string {
  const path = join(directory, `${name}.js`);
  writeFileSync(path, source);
  return path;
}

it('passes the order, and yields what the child announces', async () => {
  const source = 'process.send({ ready: JSON.parse(process.env.CHILD_ORDER) }); setInterval(() => {}, 1000);';
  const child = NodeProcess.start({ name: 'echo', script: script('echo', source), order: { port: 7 } });
  expect(await child.ready()).toEqual({ port: 7 });
  await child.stop();
  expect([child.running, await child.ended]).toEqual([false, 'was ended by SIGTERM']);
});

it('reports the reason that the child announces', async () => {
  const source = "process.send({ failed: 'no room' });";
  const child = NodeProcess.start({ name: 'failing child', script: script('failing', source) });
  await expect(child.ready()).rejects.toThrow('no room');
});

it('repeats the last words of a child that ends before it is ready', async () => {
  const source = "console.error('first line'); console.error('last line'); process.exit(3);";
  const child = NodeProcess.start({ name: 'dying child', script: script('dying', source) });
  await expect(child.ready()).rejects.toThrow('The dying child ended with exit code 3.\nfirst line\nlast line');
});

it('hands lines on as they come, and then does not repeat them', async () => {
  const heard: string[] = [];
  const child = NodeProcess.start({
    name: 'talking child',
    script: script('talking', "console.log('out'); console.error('err'); process.exit(1);"),
    onOutput: (line) => heard.push(line),
    onError: (line) => heard.push(line),
  });
  expect(child.explain(await child.ended)).toBe('The talking child ended with exit code 1.');
  expect(heard.sort()).toEqual(['err', 'out']);
});

it('stops all children, the last one started first', async () => {
  const source =
    "process.on('SIGTERM', () => process.exit()); process.send({ ready: 1 }); setInterval(() => {}, 1000);";
  const path = script('patient', source);
  const order: string[] = [];
  for (const name of ['first', 'second', 'third']) {
    const child = NodeProcess.start({ name, script: path });
    void child.ended.then(() => order.push(name));
    await child.ready();
  }
  await NodeProcess.stopAll();
  expect(order).toEqual(['third', 'second', 'first']);
});
