import type { SamePerson } from '../provider-definition';

const SUBJECT = /^google-oauth2\|(\d+)$/;

/** Auth0's Google connection passes Google's own subject on, behind the connection's name. */
export const googleConnection: SamePerson = {
  provider: 'google',
  toOther: (subject) => SUBJECT.exec(subject)?.[1],
  toOwn: (subject) => (/^\d+$/.test(subject) ? `google-oauth2|${subject}` : undefined),
};
