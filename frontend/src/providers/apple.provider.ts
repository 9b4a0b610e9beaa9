import { defineSignInProvider } from './sign-in.provider';

/** Sign-in with an Apple account. */
export const apple = defineSignInProvider({
  id: 'apple',
  title: 'Apple',
  clientIdVariable: 'APPLE_CLIENT_ID',
  clientSecretVariable: 'APPLE_CLIENT_SECRET',
  issuerVariable: 'APPLE_ISSUER',
  defaultIssuer: () => 'https://appleid.apple.com',
  // Whoever asks Apple for anything is answered by a form alone; it knows no scope `profile`.
  scope: 'openid email name',
  answersByForm: true,
  cancelledError: 'user_cancelled_authorize',
});
