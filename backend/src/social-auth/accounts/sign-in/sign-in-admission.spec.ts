import type { VerifiedIdentity } from '../../verification/verified-credential';
import { isAdmitted } from './sign-in-admission';

const nobody: VerifiedIdentity = {
  provider: 'google',
  issuer: 'https://i.example',
  subject: '1',
  emailVerified: false,
};
const ada = { ...nobody, email: 'ada@example.com', emailVerified: true };
const none = { allowedHostedDomains: [], allowedEmailDomains: [] };
const lists = { allowedHostedDomains: ['acme.example'], allowedEmailDomains: ['example.com'] };

describe('the lists of who may sign in', () => {
  it('admit everybody where both are empty', () => {
    expect(isAdmitted(nobody, none)).toBe(true);
  });

  it.each<[string, VerifiedIdentity]>([
    ['an organisation', { ...nobody, hostedDomain: 'acme.example' }],
    ['an organisation in other case', { ...nobody, hostedDomain: 'ACME.example' }],
    ['a verified address', ada],
    ['a verified address in other case', { ...ada, email: 'Ada@EXAMPLE.com' }],
    ['a machine, which is listed by its id', { ...nobody, machine: true }],
    ['either of the two', { ...ada, hostedDomain: 'other.example' }],
  ])('admit %s', (_name, identity) => expect(isAdmitted(identity, lists)).toBe(true));

  it.each<[string, VerifiedIdentity]>([
    ['somebody without address and organisation', nobody],
    ['an address that is not verified', { ...ada, emailVerified: false }],
    ['another domain', { ...ada, email: 'ada@other.example' }],
    ['a domain below', { ...ada, email: 'ada@sub.example.com' }],
    ['a domain that ends alike', { ...ada, email: 'ada@evilexample.com' }],
    ['a domain in the local part', { ...ada, email: 'example.com@other.example' }],
    ['a domain of an organisation as that of an address', { ...ada, email: 'ada@acme.example' }],
    ['a domain of addresses as that of an organisation', { ...nobody, hostedDomain: 'example.com' }],
  ])('refuse %s', (_name, identity) => expect(isAdmitted(identity, lists)).toBe(false));

  it('refuse by the one list where only it is there', () => {
    expect(isAdmitted(ada, { ...none, allowedHostedDomains: ['acme.example'] })).toBe(false);
    expect(
      isAdmitted({ ...nobody, hostedDomain: 'acme.example' }, { ...none, allowedEmailDomains: ['example.com'] }),
    ).toBe(false);
  });
});
