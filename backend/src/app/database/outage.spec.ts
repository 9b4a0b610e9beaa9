import { isOutage } from './outage';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('isOutage', () => {
  it.each([
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    failure('getaddrinfo ENOTFOUND db', 'ENOTFOUND'),
    failure('the database system is starting up', '57P03'),
    failure('sorry, too many clients already', '53300'),
    failure('Connection terminated unexpectedly'),
    failure('timeout expired'),
    failure('Query read timeout'),
    Object.assign(new AggregateError([failure('connect ECONNREFUSED ::1:5432', 'ECONNREFUSED')]), { code: undefined }),
  ])('waits for the end of %s', (error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([
    failure('password authentication failed', '28P01'),
    failure('database "x" does not exist', '3D000'),
    failure('relation "x" already exists', '42P07'),
    failure('Another process has been migrating the database for a minute.'),
    'ECONNREFUSED',
    undefined,
  ])('does not wait for %s to mend itself', (error) => {
    expect(isOutage(error)).toBe(false);
  });
});
