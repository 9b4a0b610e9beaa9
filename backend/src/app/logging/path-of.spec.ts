import { loggedPathOf, pathOf } from './path-of';

const TOKEN = `nte_${'a1B'.repeat(16)}c`;
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('pathOf', () => {
  it.each([
    ['/notes?token=x', '/notes'],
    ['/notes#x', '/notes'],
    ['', ''],
  ])('cuts the query off %j', (target, path) => {
    expect([pathOf(target), loggedPathOf(target)]).toEqual([path, path]);
  });
});

describe('loggedPathOf', () => {
  it.each([
    [`/accounts/${TOKEN}`, '/accounts/[token]'],
    [`/notes/${JWT}/x`, '/notes/[jwt]/x'],
    [`/notes/${JWT.replaceAll('.', '%2E')}`, '/notes/[jwt]'],
    [`/notes/${TOKEN.replace('_', '%5f')}?x=1`, '/notes/[token]'],
    ['/accounts/ada@example.com', '/accounts/[e-mail]'],
    ['/accounts/ada%40example.com/notes', '/accounts/[e-mail]/notes'],
    ['http://user:secret@localhost/notes', 'http://user:[password]@localhost/notes'],
    ['/auth/ya29.a0Af_-x', '/auth/[token]'],
  ])('L1 shows %s without its secret', (target, path) => {
    expect(loggedPathOf(target)).toBe(path);
  });

  it.each(['/notes', '/%zz', '/accounts%2fme', '/notes/019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', '/a%00%0a%9b%20b', '*'])(
    'shows %s as it came',
    (target) => {
      expect(loggedPathOf(target)).toBe(target);
    },
  );

  it('L1 cuts what is too long, and never through a secret', () => {
    for (let at = 480; at < 520; at++) expect(loggedPathOf(`/${'x'.repeat(at)}/${TOKEN}`)).not.toContain('a1B');
    for (let at = 1900; at < 2100; at++) {
      const target = `/eyJ${'x'.repeat(at)}/${TOKEN}/${'y'.repeat(3000)}`;
      expect(loggedPathOf(target)).toMatch(/^\/(\[jwt\]\/|$)/);
      expect(loggedPathOf(target)).not.toContain('a1B');
    }
    expect(loggedPathOf(`/${'x'.repeat(20_000)}`).length).toBeLessThanOrEqual(512);
  });
});
