import { defineSignInProvider } from './sign-in.provider';

/** Sign-in through an Auth0 tenant. */
export const auth0 = defineSignInProvider({
  id: 'auth0',
  title: 'Auth0',
  clientIdVariable: 'AUTH0_CLIENT_ID',
  clientSecretVariable: 'AUTH0_CLIENT_SECRET',
  issuerVariable: 'AUTH0_ISSUER',
  moreVariables: ['AUTH0_DOMAIN'],
  defaultIssuer: (reader) => `https://${reader.text('AUTH0_DOMAIN')}/`,
});
