import { scrubText } from './scrub-text';

describe('scrubText', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

  it.each([
    ['a JWT', `Wrong recipient: ${jwt}`, 'Wrong recipient: [jwt]'],
    ['a JWT without its signature', 'no pem for eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0', 'no pem for [jwt]'],
    ['a JWE of five parts', 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', '[jwt]'],
    ['a token of ours', `nte_${'a'.repeat(49)}!`, '[token]!'],
    ['a token with another prefix', `live1_${'0'.repeat(49)}`, '[token]'],
    ['a Google access token', 'token ya29.a0Af_-x.y', 'token [token]'],
    ['a GitHub access token', 'got gho_16C7e42F292c6912E7', 'got [token]'],
    ['a Facebook access token', 'got EAABsbCS1iHgBAKZB0abc12', 'got [token]'],
    ['the token of a Facebook app', 'got 138483919580948|0123456789abcdef', 'got [token]'],
    ['an Authorization header', 'authorization: Bearer abcdefgh12345', 'authorization: Bearer [token]'],
    ['an e-mail address', 'Key (email)=(ada@example.com) exists', 'Key (email)=([e-mail]) exists'],
    ['a password in an address', 'postgres://user:secret@host/db', 'postgres://user:[password]@host/db'],
  ])('removes %s', (_, text, clean) => {
    expect(scrubText(text)).toBe(clean);
  });

  it.each(['plain words', 'connect ECONNREFUSED 127.0.0.1:5432', 'a@b', 'nte_short', ''])('leaves %j alone', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  it('cuts what is too long', () => {
    expect(scrubText('a@'.repeat(1_000_000))).toHaveLength(2000);
  });
});
