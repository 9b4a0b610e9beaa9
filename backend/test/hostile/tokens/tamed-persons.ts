import type { Forge } from '../forge';
import type { BenignToken } from '../hostile-entry';

const claims =
  (changes: object) =>
  (forge: Forge): string =>
    forge.token(changes);

const flags: unknown[] = ['true', 1, 'yes', ['true'], {}, null, 'false'];

/** Strange claims about a person: they are let in, but tamed. */
export const tamedPersons: BenignToken[] = [
  ...flags.map((email_verified): BenignToken => ({
    title: `M3 an address that is verified by ${JSON.stringify(email_verified)}`,
    token: claims({ email_verified }),
    account: { email_verified: false },
  })),
  {
    title: 'M3 a verified flag without an address',
    token: claims({ email: undefined }),
    account: { email: null, email_verified: false },
  },
  {
    title: 'M3 an address that is a list',
    token: claims({ email: ['victim@example.com'] }),
    account: { email: null, email_verified: false },
  },
  {
    title: 'M7 an address with a full-width @',
    token: claims({ email: 'victim＠example.com' }),
    account: { email: 'victim＠example.com', email_verified: false },
  },
  {
    title: 'M7 an address with a Cyrillic letter',
    token: claims({ email: 'vіctim@example.com' }),
    account: { email_verified: false },
  },
  {
    title: 'M7 an address with a Kelvin sign',
    token: claims({ email: 'mar\u212a@example.com' }),
    account: { email_verified: false },
  },
  {
    title: 'M7 an address with a blank behind',
    token: claims({ email: 'victim@example.com ' }),
    account: { email_verified: false },
  },
  {
    title: 'M7 an address with half an emoji',
    token: claims({ email: 'victim\ud83e@example.com' }),
    account: { email_verified: false },
  },
  {
    title: 'M11 a name in HTML',
    token: claims({ name: '<img src=x onerror=alert(1)>' }),
    account: { name: '<img src=x onerror=alert(1)>' },
  },
  {
    title: 'M11 L2 a name with line breaks and NUL',
    token: claims({ name: 'Ada\n{"level":"error"}\0' }),
    account: { name: 'Ada {"level":"error"}' },
  },
  {
    title: 'M11 a name that turns the direction of writing',
    token: claims({ name: '\u202eadA' }),
    account: { name: 'adA' },
  },
  {
    title: 'M11 a name of 10,000 characters',
    token: claims({ name: 'x'.repeat(10_000) }),
    account: { name: 'x'.repeat(200) },
  },
  { title: 'M11 a name that is an object', token: claims({ name: { first: 'Ada' } }), account: { name: null } },
  {
    title: 'M11 a picture that is a script',
    token: claims({ picture: 'javascript:alert(1)' }),
    account: { picture: null },
  },
  {
    title: 'M11 a picture that is data',
    token: claims({ picture: 'data:image/svg+xml,<svg onload=alert(1)>' }),
    account: { picture: null },
  },
  {
    title: 'M11 a picture inside the cloud',
    token: claims({ picture: 'http://169.254.169.254/latest/meta-data' }),
    account: { picture: null },
  },
  {
    title: 'M11 a picture of 3,000 characters',
    token: claims({ picture: `https://a.example/${'x'.repeat(3_000)}` }),
    account: { picture: null },
  },
  {
    title: 'M10 claims that name our own columns',
    token: claims({ id: '1', is_admin: true, disabled_at: null, account_id: '1', provider: 'auth0', created_at: 0 }),
    account: { email_verified: true },
  },
  {
    title: 'V15 a subject of 255 characters that quotes SQL',
    token: claims({ sub: `'; drop table social_auth_account; --${'x'.repeat(217)}` }),
  },
  { title: 'V15 a subject that is the name of a prototype', token: claims({ sub: '__proto__' }) },
];
