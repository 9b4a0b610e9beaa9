import { validate, version } from 'uuid';
import { ascendingId } from './ascending-id';

describe('the id of a row', () => {
  const ids = Array.from({ length: 10_000 }, ascendingId);

  it('is a UUID of version 7 that tells the time', () => {
    const before = Date.now();
    const id = ascendingId();
    expect([validate(id), version(id)]).toEqual([true, 7]);
    const told = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  it('is above all before it, also where many are made in a millisecond and the stock is drawn anew', () => {
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ends in other random bits each time', () => {
    expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(ids.length);
  });

  it('goes on ascending when the clock is set back', () => {
    const last = ascendingId();
    jest.useFakeTimers({ now: Date.now() - 3_600_000 });
    try {
      expect(ascendingId() > last).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });
});
