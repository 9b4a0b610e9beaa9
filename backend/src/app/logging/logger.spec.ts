import type { Logger } from 'pino';
import { createLogger } from './create-logger';
import { NestLogger } from './nest.logger';
import { requestIdOf } from './request-id';

const EMAIL = 'ada@example.com';

describe('the log', () => {
  let written: string[];
  let logger: Logger;
  let nest: NestLogger;

  beforeEach(() => {
    written = [];
    logger = createLogger('debug', { write: (line) => written.push(line) });
    nest = new NestLogger(logger);
  });

  const line = (): Record<string, unknown> => {
    expect(written).toHaveLength(1);
    return JSON.parse(written[0] ?? '') as Record<string, unknown>;
  };

  it('is one JSON object a line, with a time and the name of its level', () => {
    logger.info({ event: 'x' }, 'words');
    expect(line()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      event: 'x',
      msg: 'words',
    });
  });

  it('L2 stays one line whatever is in it', () => {
    nest.warn({ event: 'x', name: 'line\nbreak\u001b[31m\r\n{"level":"info"}' });
    expect(written).toHaveLength(1);
    for (const character of ['\n', '\r', '\u001b']) expect(written[0]?.trimEnd()).not.toContain(character);
  });

  it('turns objects into fields, errors into err, and the last text into the context', () => {
    nest.error({ event: 'failed' }, new Error('why'), 'Place');
    expect(line()).toMatchObject({
      level: 'error',
      event: 'failed',
      context: 'Place',
      err: { type: 'Error', message: 'why' },
    });
  });

  it('takes the stack that Nest hands over for no context', () => {
    nest.error('text', 'Error: text\n    at somewhere');
    expect(line()).toEqual({ level: 'error', time: expect.any(String) as string, msg: 'text' });
  });

  it('calls the start of every module and route a detail', () => {
    nest.log('Mapped {/notes, GET} route', 'RouterExplorer');
    expect(line().level).toBe('debug');
  });

  it('L1 tells of an error what was chosen: no query, parameters or headers, and no secret in its words', () => {
    const cause = Object.assign(new Error(`duplicate ${EMAIL}`), { detail: EMAIL, code: '23505' });
    const error = Object.assign(new Error('failed', { cause }), {
      query: 'SELECT marker',
      parameters: [EMAIL],
      config: { headers: { authorization: 'marker' } },
    });
    nest.error(error);
    expect(written[0]).not.toMatch(/marker|ada@/);
    expect(line()).toMatchObject({
      err: { message: 'failed', cause: { message: 'duplicate [e-mail]', code: '23505' } },
    });
  });

  it('L1 redacts headers that carry secrets, wherever they stand', () => {
    const headers = {
      authorization: 'marker',
      cookie: 'marker',
      'set-cookie': 'marker',
      'x-frontend-secret': 'marker',
    };
    logger.info({ headers, req: { method: 'GET', url: '/a?token=marker', headers }, ...headers });
    expect(written[0]).not.toContain('marker');
    expect(line().req).toEqual({ method: 'GET', path: '/a' });
  });

  it('L1 scrubs messages', () => {
    logger.info('mail %s', EMAIL);
    nest.log(`mail ${EMAIL}`);
    expect(written.join()).not.toContain(EMAIL);
  });

  it.each([null, undefined, 0, Symbol('x'), () => 1, [1]])('survives %p', (value) => {
    nest.log(value);
    nest.error(value, value, 'Place');
    expect(written).toHaveLength(2);
  });
});

describe('requestIdOf', () => {
  it.each(['a', 'A-b_9', 'x'.repeat(64)])('takes %s', (id) => {
    expect(requestIdOf({ headers: { 'x-request-id': id } })).toBe(id);
  });

  it.each([
    '',
    'x'.repeat(65),
    'a b',
    'a\nb',
    '../x',
    'é',
    ['a', 'b'],
    `nte_${'a'.repeat(49)}`,
    'eyJhbGciOiJSUzI1NiJ9',
  ])('makes a new one instead of %p', (id) => {
    expect(requestIdOf({ headers: { 'x-request-id': id } })).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });
});
