import { isConnectionLost, isDatabaseFailure } from './connection-failure';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('what an error says of the database', () => {
  it.each([
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    failure('getaddrinfo ENOTFOUND db', 'ENOTFOUND'),
    failure('the database system is starting up', '57P03'),
    failure('sorry, too many clients already', '53300'),
    failure('Connection terminated unexpectedly'),
    failure('timeout expired'),
    failure('Query read timeout'),
    Object.assign(new AggregateError([failure('connect ECONNREFUSED ::1:5432', 'ECONNREFUSED')]), { code: undefined }),
  ])('is that it cannot answer now: %s', (error) => {
    expect(isDatabaseFailure(error)).toBe(true);
  });

  it.each([
    failure('password authentication failed', '28P01'),
    failure('database "x" does not exist', '3D000'),
    failure('relation "x" already exists', '42P07'),
    failure('Another process has been migrating the database for a minute.'),
    'ECONNREFUSED',
    undefined,
  ])('is nothing of that kind: %s', (error) => {
    expect(isDatabaseFailure(error)).toBe(false);
  });

  it.each([
    ['57014', false],
    ['55P03', false],
    ['53300', false],
    ['57P01', true],
    ['25006', true],
    ['08006', true],
    ['ECONNRESET', true],
  ])('tells by %s whether the connection is lost: %s', (code, lost) => {
    const error = failure('some words', code);
    expect([isDatabaseFailure(error), isConnectionLost(error)]).toEqual([true, lost]);
  });
});
