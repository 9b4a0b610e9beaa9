import { KeptAccount, KeptToken } from './kept-principal';

const account = new KeptAccount({
  id: 'a',
  kind: 'person',
  email: 'ada@example.com',
  emailVerified: true,
  name: 'Ada',
  picture: null,
  provider: 'google',
  roles: [],
  createdAt: 1_000,
});
const token = new KeptToken({
  id: 't',
  kind: 'sign_in',
  provider: 'google',
  scopes: undefined,
  isSuperseded: false,
  createdAt: 2_000,
  expiresAt: 9_000,
  authenticatedAt: 1_500,
});

describe('a principal that requests share', () => {
  it('tells its moments as dates', () => {
    expect(account.createdAt).toEqual(new Date(1_000));
    expect([token.createdAt, token.expiresAt, token.authenticatedAt]).toEqual(
      [2_000, 9_000, 1_500].map((ms) => new Date(ms)),
    );
  });

  it('is the same for the next request, whatever one does with a date of it', () => {
    token.authenticatedAt?.setTime(8_000);
    account.createdAt.setTime(0);
    expect(token.authenticatedAt).toEqual(new Date(1_500));
    expect(account.createdAt).toEqual(new Date(1_000));
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(account, { roles: ['admin'] })).toThrow(TypeError);
    expect(() => Object.assign(token, { scopes: [] })).toThrow(TypeError);
    expect(() => Object.assign(token, { authenticatedAt: new Date() })).toThrow(TypeError);
  });

  it('has its moments in JSON as well', () => {
    expect(JSON.parse(JSON.stringify({ account, token }))).toMatchObject({
      account: { id: 'a', name: 'Ada', createdAt: '1970-01-01T00:00:01.000Z' },
      token: { id: 't', expiresAt: '1970-01-01T00:00:09.000Z', authenticatedAt: '1970-01-01T00:00:01.500Z' },
    });
  });
});
