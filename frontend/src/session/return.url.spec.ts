import { DEFAULT_RETURN_PATH, returnPath, returnUrl } from './return.url';

const ORIGIN = 'http://localhost:3000';

const hostile = [
  'https://evil.example',
  'http://evil.example/notes',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'http://localhost:3000@evil.example/',
  'http://user:pw@localhost:3000/notes',
  'http://localhost:3000.evil.example/',
  'http://localhost:3001/notes',
  'https://localhost:3000/notes',
  'http://localhost%2eevil.example/',
  '%%%',
  'other',
  '',
  '/api/auth/signout',
  '/session/ended',
  'http://localhost:3000//evil.example',
  `/${'a'.repeat(3_000)}`,
];

describe('the address to return to after a sign-in', () => {
  it.each(hostile)('F6 refuses %p', (wish) => {
    expect(returnUrl(wish, ORIGIN)).toBeUndefined();
    expect(returnPath(wish, ORIGIN)).toBe(DEFAULT_RETURN_PATH);
  });

  it.each(['/', '/notes', '/notes?sort=new#last', '/a%20b', `${ORIGIN}/notes?sort=new#last`])('grants %p', (wish) => {
    expect(returnUrl(wish, ORIGIN)?.href).toBe(new URL(wish, ORIGIN).href);
  });

  it('falls back where there is no wish', () => {
    expect(returnPath(undefined, ORIGIN)).toBe(DEFAULT_RETURN_PATH);
  });
});
