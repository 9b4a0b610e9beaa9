import { countsForAddress } from './counted-request';

describe('countsForAddress', () => {
  it.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json ;x'])(
    'D9 counts %s, which a page of another site may not send unasked',
    (type) => {
      expect(countsForAddress({ headers: { 'content-type': type } }, 'json')).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'text/plain',
    'text/plain;application/json',
    'text/plain, application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'application/jsonp',
    'application/json, text/plain',
    'application/problem+json',
  ])('D9 does not count %p', (type) => {
    expect(countsForAddress({ headers: { 'content-type': type } }, 'json')).toBe(false);
  });

  it('D9 counts a call without a body where the route takes such, unless a page may have made it', () => {
    expect(countsForAddress({ headers: {} }, 'bodiless')).toBe(true);
    expect(countsForAddress({ headers: { origin: 'https://evil.example' } }, 'bodiless')).toBe(false);
    expect(countsForAddress({ headers: {} }, 'json')).toBe(false);
  });
});
