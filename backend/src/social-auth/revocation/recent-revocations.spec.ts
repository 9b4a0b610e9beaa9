import { RecentRevocations } from './recent-revocations';

const token = (tokenId: string): { kind: 'token'; tokenId: string } => ({ kind: 'token', tokenId });

describe('the revocations of late', () => {
  it('are those within their time, in order', () => {
    const recent = new RecentRevocations(100);
    for (const [index, id] of ['a', 'b', 'c'].entries()) recent.add(token(id), index * 50);
    expect(recent.since(149)).toEqual([token('b'), token('c')]);
    expect(recent.since(1_000)).toEqual([]);
  });

  it('are one of everything where they are too many', () => {
    const recent = new RecentRevocations(100, 2);
    for (const id of ['a', 'b', 'c', 'd']) recent.add(token(id), 0);
    expect(recent.since(0)).toEqual([{ kind: 'everything' }, token('d')]);
  });
});
