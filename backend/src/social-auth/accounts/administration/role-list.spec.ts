import { asRoles, sameRoles } from './role-list';

describe('a list of roles', () => {
  it('is kept with each role once, in order', () => expect(asRoles(['b', 'a', 'b'])).toEqual(['a', 'b']));

  it('may be empty, and hold 32 roles of 64 characters', () => {
    expect(asRoles([])).toEqual([]);
    const most = Array.from({ length: 32 }, (_, index) => `r${index}`.padEnd(64, 'x'));
    expect(asRoles(most)).toHaveLength(32);
  });

  it.each([
    ['an empty name', ['']],
    ['a name of 65 characters', ['a'.repeat(65)]],
    ['a space', ['two words']],
    ['a comma', ['a,b']],
    ['a line break at the end', ['admin\n']],
    ['NUL', ['a\0']],
    ['a look-alike letter', ['аdmin']],
    ['a digit first', ['1a']],
    ['33 roles', Array.from({ length: 33 }, (_, index) => `r${index}`)],
  ])('is refused with %s', (_name, roles) => expect(asRoles(roles)).toBeUndefined());

  it('is the same in whatever order, and not with other roles', () => {
    expect(sameRoles(['a', 'b'], ['b', 'a', 'a'])).toBe(true);
    expect(sameRoles(['a'], ['a', 'b'])).toBe(false);
    expect(sameRoles(['a,b'], ['a', 'b'])).toBe(false);
  });
});
