import { entryPath } from './entry.path';

const id = '0199a8c4-5b1e-7c3d-9f60-2a4b8c1d0e5f';

describe('the address of an entry', () => {
  it('ends in its id', () => {
    expect(entryPath('/auth/sessions', id)).toBe(`/auth/sessions/${id}`);
  });

  it.each([undefined, '', '.', '..', '../..', 'others', '%2e%2e', `${id}/..`, `${id}?x`, `${id}\n`, ` ${id}`, 'x'])(
    'is not made of %j',
    (wish) => {
      expect(entryPath('/accounts/me/identities', wish)).toBeUndefined();
    },
  );
});
