import {
  ConflictException,
  ForbiddenException,
  HttpException,
  Logger,
  NotFoundException,
  ServiceUnavailableException,
  type ArgumentsHost,
} from '@nestjs/common';
import { firstValueFrom, type Observable } from 'rxjs';
import { ProblemDetailsFilter, problemOf } from './problem-details.filter';
import { ProviderUnavailableError, TooManyRequestsError } from './social-auth.error';

/** A response that keeps what it is given, on either adapter's terms. */
class KeptResponse {
  code = 0;
  readonly headers: Record<string, string> = {};
  body = '';

  status(code: number): this {
    this.code = code;
    return this;
  }

  header(name: string, value: string): this {
    this.headers[name.toLowerCase()] = value;
    return this;
  }

  send(body: unknown): void {
    this.body = String(body);
  }
}

function answerTo(error: unknown): KeptResponse {
  const response = new KeptResponse();
  const http = { getResponse: () => response, getRequest: () => ({ id: 'request-1' }) };
  new ProblemDetailsFilter().catch(error, {
    getType: () => 'http',
    switchToHttp: () => http,
  } as unknown as ArgumentsHost);
  return response;
}

const problem = (error: unknown): Record<string, unknown> =>
  JSON.parse(answerTo(error).body) as Record<string, unknown>;

describe('an error as the client sees it', () => {
  const logged: unknown[] = [];
  beforeAll(() => {
    const keep = (message: unknown): void => void logged.push(message);
    Logger.overrideLogger({ log: keep, error: keep, warn: keep });
  });
  beforeEach(() => logged.splice(0));

  it('is problem+json that nobody stores', () => {
    const { code, headers, body } = answerTo(new TooManyRequestsError(1.2));
    expect(code).toBe(429);
    expect(headers).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '2',
    });
    expect(JSON.parse(body)).toEqual({
      type: 'urn:nest-token-exchange:error:too_many_requests',
      title: 'Too many requests',
      status: 429,
      code: 'too_many_requests',
      detail: 'Wait as long as the Retry-After header says, then try again.',
    });
  });

  it.each([
    [new NotFoundException('no such row in table secret'), 404, 'not_found'],
    [new HttpException({ message: 'a secret' }, 418), 418, undefined],
    [new HttpException('a secret', 502), 502, undefined],
    [new ForbiddenException('a secret'), 403, undefined],
    [new ConflictException('a secret'), 409, undefined],
    [new ServiceUnavailableException('a secret'), 503, undefined],
    [new HttpException('a secret', 302), 500, 'internal_error'],
    [Object.assign(new Error('a secret'), { statusCode: 413 }), 413, 'payload_too_large'],
    [Object.assign(new Error('a secret'), { statusCode: 415 }), 415, 'unsupported_media_type'],
    [Object.assign(new Error('a secret'), { statusCode: '413' }), 500, 'internal_error'],
    [new Error('a secret'), 500, 'internal_error'],
    [new TypeError("Cannot read properties of undefined (reading 'secret')"), 500, 'internal_error'],
    ['a secret', 500, 'internal_error'],
    [undefined, 500, 'internal_error'],
    [null, 500, 'internal_error'],
    [Object.create(null), 500, 'internal_error'],
  ])('H4 tells no foreign words: %p', (error, status, code) => {
    const answer = problem(error);
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
    expect(answer.type === 'about:blank').toBe(code === undefined);
    expect(JSON.stringify(answer)).not.toMatch(/secret|passwd|properties of/);
    expect(Object.keys(answer)).toEqual(['type', 'title', 'status', ...(code ? ['code'] : []), 'detail']);
  });

  it('H4 tells neither reason nor cause, which are for the log', () => {
    const error = new ProviderUnavailableError('the reason', new Error('the cause'));
    expect(answerTo(error).body).not.toMatch(/the reason|the cause/);
    expect(answerTo(error).headers['retry-after']).toBe('5');
  });

  it('L1 logs an unknown error by its kind and place, never by its message', () => {
    problem(Object.assign(new RangeError('value eyJhbGciOi of ada@example.com'), {}));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ event: 'internal_error', errorName: 'RangeError', requestId: 'request-1' });
    expect(JSON.stringify(logged)).not.toMatch(/eyJ|ada@/);
  });

  it('logs neither refusals nor outages again, which were logged where they were noticed', () => {
    problem(new ProviderUnavailableError('the reason'));
    problem(new NotFoundException());
    expect(logged).toEqual([]);
  });

  it('tells the callers of other transports by a stream', () => {
    const host = { getType: () => 'rpc' } as unknown as ArgumentsHost;
    const error = new Error('of a queue');
    const stream = new ProblemDetailsFilter().catch(error, host);
    return expect(firstValueFrom(stream as Observable<never>)).rejects.toBe(error);
  });

  it('has one problem for each error, however often it is asked', () => {
    const error = new TooManyRequestsError(0);
    expect(problemOf(error)).toEqual(problemOf(error));
    expect(error.headers).toEqual({ 'Retry-After': '1' });
  });
});
