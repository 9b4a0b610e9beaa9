import { keptName, nameToKeep, postedName } from './person.name';

const form = (user: unknown): string => JSON.stringify(user);
const ada = { firstName: 'Ada', lastName: 'Winter' };
const occasion = { provider: 'apple', state: 'abc' };

describe('the name in a provider’s form', () => {
  it('is read without anything else that the form says of the person', () => {
    expect(postedName(form({ name: ada, email: 'victim@example.com', sub: '1' }))).toEqual(ada);
    expect(postedName(form({ name: { lastName: 'Winter' } }))).toEqual({ lastName: 'Winter' });
  });

  it.each([
    undefined,
    '',
    'Ada',
    '{',
    'null',
    '[]',
    form({}),
    form({ name: 'Ada' }),
    form({ name: {} }),
    form({ name: { firstName: '', lastName: null } }),
    form({ name: { firstName: { toString: 'x' } } }),
    form({ name: ada, padding: 'x'.repeat(4_096) }),
  ])('is none in %p', (user) => expect(postedName(user)).toBeUndefined());

  it('is cut where it is too long to be kept', () => {
    expect(postedName(form({ name: { firstName: 'A'.repeat(500) } }))?.firstName).toHaveLength(100);
  });

  it('is given back with the answer that it came with, and with no other', () => {
    const kept = nameToKeep(ada, occasion);
    expect(JSON.stringify(kept)).not.toContain('abc');
    expect(keptName(kept, occasion)).toEqual(ada);
    expect(keptName(kept, { ...occasion, state: 'abd' })).toBeUndefined();
    expect(keptName(kept, { ...occasion, state: null })).toBeUndefined();
    expect(keptName(kept, { ...occasion, provider: 'google' })).toBeUndefined();
    expect(keptName(undefined, occasion)).toBeUndefined();
    expect(keptName({}, occasion)).toBeUndefined();
  });
});
