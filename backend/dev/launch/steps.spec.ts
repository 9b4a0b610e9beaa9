import { PassThrough } from 'node:stream';
import { Steps } from './steps';

function recorder(isTTY: boolean): { out: NodeJS.WriteStream; text: () => string } {
  const out = Object.assign(new PassThrough(), { isTTY });
  return { out: out as unknown as NodeJS.WriteStream, text: () => String(out.read() ?? '') };
}

it('says each step and its time', async () => {
  const { out, text } = recorder(false);
  expect(await new Steps(out).run('Counting', () => Promise.resolve(3))).toBe(3);
  expect(text()).toMatch(/^ {2}… Counting\n {2}✓ Counting, \d+\.\d s\n$/);
});

it('marks a step that fails, and passes the failure on', async () => {
  const { out, text } = recorder(false);
  await expect(new Steps(out).run('Counting', () => Promise.reject(new Error('lost count')))).rejects.toThrow('lost');
  expect(text()).toContain('✗ Counting');
});

it('writes other lines above the step that goes on, in a terminal', async () => {
  const { out, text } = recorder(true);
  const steps = new Steps(out);
  await steps.run('Counting', () => Promise.resolve(steps.say('a warning')));
  const screen = text().split('\r\u001B[K');
  expect(screen).toEqual(['', '  … Counting', 'a warning\n', '  … Counting', expect.stringContaining('✓')]);
});
