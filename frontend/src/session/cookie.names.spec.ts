import { cookieNames } from './cookie.names';

describe('the cookies of the site', () => {
  it('F2 are ones that no sibling domain can set, where the site has https', () => {
    const names = cookieNames('https://app.example.com');
    expect(names).toMatchObject({ secure: true, csrfToken: '__Host-next-auth.csrf-token' });
    expect([names.linkIntent, names.linkTicket]).toEqual(['__Host-link-intent', '__Host-link-ticket']);
    expect([names.session, names.state, names.callbackUrl].every((name) => name.startsWith('__Secure-'))).toBe(true);
  });

  it('F2 have no prefix on a machine of one’s own, where browsers would drop them', () => {
    const { secure, ...names } = cookieNames('http://localhost:3000');
    expect(secure).toBe(false);
    expect(Object.values(names).filter((name) => name.startsWith('__'))).toEqual([]);
  });
});
