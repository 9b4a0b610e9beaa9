import { DemoPerson } from './demo-person';

/** The invented people of the Google twin. */
export function googlePeople(issuer: string): DemoPerson[] {
  const picture = (key: string): string => `${issuer}/pictures/${key}.svg`;
  return [
    {
      key: 'ada',
      subject: '104517803296471105821',
      name: 'Ada Winter',
      note: 'verified e-mail address',
      email: 'ada.winter@example.com',
      emailVerified: true,
      picture: picture('ada'),
    },
    {
      key: 'ben',
      subject: '117390468125530916274',
      name: 'Ben Okoro',
      note: 'e-mail address not verified',
      email: 'ben.okoro@example.com',
      emailVerified: false,
      picture: picture('ben'),
    },
    {
      key: 'cleo',
      subject: '109928745160337248015',
      name: 'Cleo Marsh',
      note: 'no e-mail address, no picture',
    },
    {
      key: 'sam',
      subject: '112046731895204467738',
      name: 'Sam Rivers',
      note: 'the same verified e-mail address at Google and at Auth0',
      email: 'sam.rivers@example.com',
      emailVerified: true,
      picture: picture('sam'),
    },
    {
      key: 'wanda',
      subject: '100683214477910265539',
      name: 'Wanda Keller',
      note: 'Google Workspace account of acme.example',
      email: 'wanda@acme.example',
      emailVerified: true,
      hostedDomain: 'acme.example',
      picture: picture('wanda'),
    },
  ];
}
