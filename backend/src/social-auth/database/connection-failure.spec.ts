import { connectionVerdict, isDatabaseFailure } from './connection-failure';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

/** As the server reports it. */
const report = (code: string, message = 'some words'): Error =>
  Object.assign(failure(message, code), { severity: 'ERROR' });

describe('what an error says of the database', () => {
  it.each([
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    failure('getaddrinfo ENOTFOUND db', 'ENOTFOUND'),
    report('57P03'),
    report('53300'),
    failure('Connection terminated unexpectedly'),
    failure('timeout expired'),
    failure('Query read timeout'),
    Object.assign(new AggregateError([failure('connect ECONNREFUSED ::1:5432', 'ECONNREFUSED')]), { code: undefined }),
  ])('is that it cannot answer now: %s', (error) => {
    expect(isDatabaseFailure(error)).toBe(true);
  });

  it.each([
    report('28P01'),
    report('3D000'),
    report('42P07'),
    failure('Another process has been migrating the database for a minute.'),
    'ECONNREFUSED',
    undefined,
  ])('is nothing of that kind: %s', (error) => {
    expect(isDatabaseFailure(error)).toBe(false);
  });

  it.each([
    [report('57014'), 'busy'],
    [report('55P03'), 'busy'],
    [report('53300'), 'busy'],
    [report('57P01'), 'lost'],
    [report('25006'), 'lost'],
    [report('08006'), 'lost'],
    [failure('write ECONNRESET', 'ECONNRESET'), 'lost'],
    [failure('write EPIPE', 'EPIPE'), 'lost'],
    [failure('Query read timeout'), 'silent'],
    [report('P0001', 'the connection terminated, says somebody’s trigger'), 'sound'],
    [Object.assign(new Error('wrapped'), { driverError: report('57P01') }), 'lost'],
  ])('says of the connection: %s is %s', (error, verdict) => {
    expect(connectionVerdict(error)).toBe(verdict);
  });
});
