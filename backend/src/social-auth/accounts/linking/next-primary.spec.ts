import { nextPrimary } from './next-primary';

const identity = (id: string, emailVerified: boolean): { id: string; emailVerified: boolean } => ({
  id,
  emailVerified,
});

describe('the identity that takes the place of the primary one', () => {
  it('is the oldest with a verified address', () => {
    expect(nextPrimary([identity('c', true), identity('a', false), identity('b', true)]).id).toBe('b');
  });

  it('is the oldest where none has a verified address', () => {
    expect(nextPrimary([identity('b', false), identity('a', false)]).id).toBe('a');
  });
});
