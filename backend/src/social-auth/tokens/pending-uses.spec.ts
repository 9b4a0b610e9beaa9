import type { Moment } from '../clock/moment';
import { PendingUses } from './pending-uses';

const at = (seconds: number): Moment => ({ steady: seconds * 1_000, wall: seconds * 1_000 });

describe('the uses that are not written yet', () => {
  it('are one for each token: its latest', () => {
    const uses = new PendingUses(10);
    uses.add('a', at(1));
    uses.add('b', at(2));
    uses.add('a', at(3));
    expect(uses.take(10)).toEqual([
      ['a', at(3)],
      ['b', at(2)],
    ]);
    expect(uses.size).toBe(0);
  });

  it('are never more than the bound, at which those that are there still move on', () => {
    const uses = new PendingUses(2);
    for (const [index, id] of ['a', 'b', 'c', 'a'].entries()) uses.add(id, at(index));
    expect(uses.take(10)).toEqual([
      ['a', at(3)],
      ['b', at(1)],
    ]);
  });

  it('are taken out in parts, those that have waited longest first', () => {
    const uses = new PendingUses(10);
    for (const id of ['a', 'b', 'c']) uses.add(id, at(0));
    expect(uses.take(2).map(([id]) => id)).toEqual(['a', 'b']);
    expect(uses.take(2).map(([id]) => id)).toEqual(['c']);
    expect(uses.take(2)).toEqual([]);
  });

  it('are put back without hiding a later use, and within the bound', () => {
    const uses = new PendingUses(2);
    uses.add('a', at(1));
    uses.add('b', at(1));
    const taken = uses.take(2);
    uses.add('a', at(5));
    uses.add('c', at(5));
    uses.putBack(taken);
    expect(uses.take(10)).toEqual([
      ['a', at(5)],
      ['c', at(5)],
    ]);
  });
});
