import { defineSignInProvider } from './sign-in.provider';

/** Sign-in with a GitHub account. */
export const github = defineSignInProvider({
  id: 'github',
  title: 'GitHub',
  clientIdVariable: 'GITHUB_CLIENT_ID',
  clientSecretVariable: 'GITHUB_CLIENT_SECRET',
  issuerVariable: 'GITHUB_ISSUER',
  defaultIssuer: () => 'https://github.com',
  oauth: (issuer) => ({
    authorizationUrl: `${issuer}/login/oauth/authorize`,
    tokenUrl: `${issuer}/login/oauth/access_token`,
    scope: 'user:email',
    checks: ['pkce', 'state'],
    askAnew: { prompt: 'select_account' },
    answerIssuer: `${issuer}/login/oauth`,
  }),
});
