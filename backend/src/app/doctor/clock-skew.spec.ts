import { clockFinding, skewByHeaders, skewSeconds } from './clock-skew';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');

describe('the difference of two clocks', () => {
  it.each([
    ['a reading between question and answer', { sentAt: 1000, receivedAt: 3000, shown: 2500 }, 0],
    ['a clock ahead', { sentAt: 1000, receivedAt: 3000, shown: 13_000 }, 10],
    ['a clock behind', { sentAt: 11_000, receivedAt: 13_000, shown: 1000 }, -10],
    ['a clock in whole seconds', { sentAt: 1900, receivedAt: 1950, shown: 1000, resolution: 1000 }, 0],
    ['one that is behind nevertheless', { sentAt: 4000, receivedAt: 4100, shown: 1000, resolution: 1000 }, -2],
  ])('is the least that explains %s', (_what, reading, seconds) => {
    expect(skewSeconds(reading)).toBe(seconds);
  });
});

describe('the difference by the headers of an answer', () => {
  const headersOf = (secondsAgo: number, age?: string): Headers => {
    const date = new Date(NOW - secondsAgo * 1000).toUTCString();
    return new Headers({ date, ...(age !== undefined && { age }) });
  };
  const skew = (headers: Headers): number | undefined => skewByHeaders(headers, { sentAt: NOW, receivedAt: NOW + 100 });

  it.each([
    ['a fresh answer', headersOf(0), 0],
    ['a wrong clock', headersOf(700), -699],
    ['a cached answer with the date of its origin', headersOf(700, '700'), 0],
    ['a cached answer with the date of the cache', headersOf(0, '700'), 0],
    ['a wrong clock behind a cache', headersOf(700, '10'), -689],
    ['an age that is no number', headersOf(0, 'old'), 0],
  ])('is right for %s', (_what, headers, seconds) => {
    expect(skew(headers)).toBe(seconds);
  });

  it('is not known without a date', () => {
    expect(skew(new Headers())).toBeUndefined();
    expect(skew(new Headers({ date: 'yesterday' }))).toBeUndefined();
  });
});

describe('what a difference means', () => {
  it.each([
    [0, 'ok', 'agrees with ours'],
    [4.96, 'ok', '5.0 s from ours'],
    [5.2, 'warn', '5.2 s ahead of ours'],
    [-60, 'warn', '60 s behind ours'],
    [61, 'fail', '61 s ahead of ours'],
    [-86_400, 'fail', '86400 s behind ours'],
  ])('%d s: %s', (seconds, status, message) => {
    expect(clockFinding('google clock', seconds)).toMatchObject({ status, message });
  });
});
