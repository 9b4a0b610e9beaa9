import fc from 'fast-check';
import { CacheIndex } from './cache-index';

const name = fc.constantFrom('a', 'b', 'c');
const key = fc.constantFrom('1', '2', '3', '4');
const step = fc.record({ does: fc.constantFrom('add' as const, 'delete' as const), owner: name, key });

describe('the index of a cache', () => {
  it('knows the keys of each owner, each once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const index = new CacheIndex();
        const model = new Map<string, Set<string>>();
        for (const { does, owner, key } of steps) {
          index[does](owner, key);
          const keys = model.get(owner) ?? new Set();
          keys[does](key);
          model.set(owner, keys);
        }
        for (const owner of ['a', 'b', 'c']) {
          expect([...index.of(owner)].sort()).toEqual([...(model.get(owner) ?? [])].sort());
        }
      }),
    );
  });

  it('yields a copy, from which keys may be deleted as it is read', () => {
    const index = new CacheIndex();
    for (const each of ['1', '2', '3']) index.add('a', each);
    for (const each of index.of('a')) index.delete('a', each);
    expect(index.of('a')).toEqual([]);
  });
});
