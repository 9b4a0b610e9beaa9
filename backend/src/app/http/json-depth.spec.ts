import * as fc from 'fast-check';
import { isDeeperThan } from './json-depth';

describe('isDeeperThan', () => {
  it.each([
    ['{}', 1],
    ['{"a":[1,2]}', 2],
    ['[[[]],[[[]]]]', 4],
    ['{"a\\"[[[":"]]]"}', 1],
    ['{"a\\\\":[]}', 2],
  ])('counts the levels of %s', (text, depth) => {
    expect([isDeeperThan(depth - 1, text), isDeeperThan(depth, text)]).toEqual([true, false]);
  });

  it('agrees with a walk through the parsed value, for any JSON', () => {
    const levels = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(levels)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        const depth = levels(value);
        return !isDeeperThan(depth, text) && (depth === 0 || isDeeperThan(depth - 1, text));
      }),
    );
  });
});
