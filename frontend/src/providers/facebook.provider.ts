import { isLoopback, type VariableReader } from '../settings/variable.reader';
import { defineSignInProvider } from './sign-in.provider';

const WEBSITE = 'https://www.facebook.com';

/** Where the code is exchanged; the secret of the app goes there. */
function graphOf(reader: VariableReader): string {
  const expected = 'an https address (http on localhost only)';
  const given = reader.text('FACEBOOK_GRAPH_URI') ?? 'https://graph.facebook.com';
  const url = reader.url('FACEBOOK_GRAPH_URI', given, expected);
  if (url?.protocol === 'http:' && !isLoopback(url)) reader.fault('FACEBOOK_GRAPH_URI', expected);
  return given.replace(/\/+$/, '');
}

/** Sign-in with a Facebook account. */
export const facebook = defineSignInProvider({
  id: 'facebook',
  title: 'Facebook',
  clientIdVariable: 'FACEBOOK_APP_ID',
  clientSecretVariable: 'FACEBOOK_APP_SECRET',
  issuerVariable: 'FACEBOOK_ISSUER',
  optionalVariables: ['FACEBOOK_GRAPH_URI'],
  defaultIssuer: () => WEBSITE,
  // Its dialog leads telephones on to a site of their own.
  signInOrigins: ['https://m.facebook.com'],
  oauth: (website, reader) => ({
    authorizationUrl: `${website}/dialog/oauth`,
    tokenUrl: `${graphOf(reader)}/oauth/access_token`,
    scope: 'email',
    // PKCE is for its OpenID Connect alone.
    checks: ['state'],
    askAnew: { auth_type: 'reauthenticate' },
    answerIssuer: website,
  }),
});
