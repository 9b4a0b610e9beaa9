import { DemoPerson } from './demo-person';

/** The invented people of the Auth0 twin: the same faces, other addresses (but for Sam), and one connection each. */
export function auth0People(issuer: string): DemoPerson[] {
  const picture = (key: string): string => `${issuer}pictures/${key}.svg`;
  return [
    {
      key: 'ada',
      subject: 'auth0|65f1c0de9a7b3e0012ab34cd',
      name: 'Ada Winter',
      note: 'verified e-mail address',
      email: 'ada.winter@example.org',
      emailVerified: true,
      picture: picture('ada'),
      password: 'demo-password',
      permissions: ['notes:read', 'notes:write'],
    },
    {
      key: 'ben',
      subject: 'auth0|65f1c0de9a7b3e0012ab34ce',
      name: 'Ben Okoro',
      note: 'e-mail address not verified',
      email: 'ben.okoro@example.org',
      emailVerified: false,
      picture: picture('ben'),
      password: 'demo-password',
    },
    {
      key: 'cleo',
      subject: 'sms|65f1c0de9a7b3e0012ab34cf',
      name: 'Cleo Marsh',
      note: 'signed up by telephone: no e-mail address, no picture',
    },
    {
      key: 'sam',
      subject: 'google-oauth2|112046731895204467738',
      name: 'Sam Rivers',
      note: 'the same verified e-mail address at Google and at Auth0',
      email: 'sam.rivers@example.com',
      emailVerified: true,
      picture: picture('sam'),
      permissions: ['notes:read'],
    },
    {
      key: 'wanda',
      subject: 'google-apps|wanda@acme.example.org',
      name: 'Wanda Keller',
      note: 'enterprise connection to a Google Workspace',
      email: 'wanda@acme.example.org',
      emailVerified: true,
      picture: picture('wanda'),
    },
  ];
}
