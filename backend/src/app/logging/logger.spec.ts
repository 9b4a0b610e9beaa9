import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import { QueryFailedError } from 'typeorm';
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

  it.each(['err', 'error'])('leaves a text in the field %s a text, scrubbed', (field) => {
    logger.error({ event: 'failed', [field]: `TypeError of ${EMAIL}` });
    expect(line()[field]).toBe('TypeError of [e-mail]');
  });

  describe('of an error of the database', () => {
    const databaseError = (code: string, message: string): DatabaseError => {
      const fields = {
        severity: 'ERROR',
        code,
        detail: 'marker',
        where: 'marker',
        table: 'note',
        constraint: 'note_check',
      };
      return Object.assign(new DatabaseError(message, message.length, 'error'), fields);
    };

    it.each([
      ['22P02', 'invalid input syntax for type uuid: "marker"'],
      ['22001', 'marker'],
      ['23514', 'new row violates "marker"'],
      ['P0001', 'marker'],
    ])('L1 tells the SQLSTATE %s, the names of the schema and nothing of values', (code, message) => {
      const error = databaseError(code, `${message}\n    at marker`);
      nest.error({ event: 'failed', err: new QueryFailedError('INSERT marker', ['marker'], error) });
      nest.error({ event: 'failed', err: error });
      expect(written.join()).not.toContain('marker');
      for (const text of written)
        expect(JSON.parse(text)).toMatchObject({ err: { code, table: 'note', constraint: 'note_check' } });
    });

    it.each([
      ['42P01', 'relation "note" does not exist'],
      ['28P01', 'password authentication failed for user "app"'],
      ['3D000', 'database "app" does not exist'],
    ])('tells the SQLSTATE %s and what an operator can mend', (code, message) => {
      nest.error({ event: 'failed', err: databaseError(code, message) });
      expect(line()).toMatchObject({ err: { code, message } });
    });

    it('tells the code of the system where nobody answers', () => {
      const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
      nest.error({ event: 'failed', err: Object.assign(new AggregateError([refused]), { code: 'ECONNREFUSED' }) });
      expect(line()).toMatchObject({ err: { type: 'AggregateError', code: 'ECONNREFUSED' } });
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
    nest.error(new Error(`mail ${EMAIL}`));
    nest.error({ event: 'failed', err: new Error(`mail ${EMAIL}`) });
    logger.error(new Error(`mail ${EMAIL}`));
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
