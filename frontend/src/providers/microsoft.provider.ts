import { defineSignInProvider } from './sign-in.provider';

/** Sign-in with a Microsoft account, of an organisation or a personal one. */
export const microsoft = defineSignInProvider({
  id: 'microsoft',
  title: 'Microsoft',
  clientIdVariable: 'MICROSOFT_CLIENT_ID',
  clientSecretVariable: 'MICROSOFT_CLIENT_SECRET',
  issuerVariable: 'MICROSOFT_ISSUER',
  defaultIssuer: () => 'https://login.microsoftonline.com/common/v2.0',
  // Personal accounts sign in there.
  signInOrigins: ['https://login.live.com'],
});
