import { defineSignInProvider } from './sign-in.provider';

/** Sign-in with a Google account. */
export const google = defineSignInProvider({
  id: 'google',
  title: 'Google',
  clientIdVariable: 'GOOGLE_CLIENT_ID',
  clientSecretVariable: 'GOOGLE_CLIENT_SECRET',
  issuerVariable: 'GOOGLE_ISSUER',
  defaultIssuer: () => 'https://accounts.google.com',
});
