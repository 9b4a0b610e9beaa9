import { itRefusesValues, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';

describe('the settings of accounts', () => {
  it('say who may have an account, and what is kept', () => {
    const settings = loadSettings({
      ...LEAST,
      SIGN_UP: 'false',
      ALLOWED_HOSTED_DOMAINS: 'Example.com',
      ALLOWED_EMAIL_DOMAINS: 'example.org, xn--bcher-kva.example',
      ACCOUNT_LINKING: 'google:link-verified, auth0 : separate',
      LINK_SAME_SUBJECT: 'true',
      ADMIN_IDENTITIES: 'google:1234, auth0:oidc|a:b',
      FRESH_SIGN_IN_SECONDS: '60',
      ID_TOKEN_SINGLE_USE: 'true',
      SECURITY_LOG_RETENTION_DAYS: '1',
    });
    expect(settings.accounts).toEqual({
      accounts: {
        signUp: false,
        allowedHostedDomains: ['Example.com'],
        allowedEmailDomains: ['example.org', 'xn--bcher-kva.example'],
        linking: { google: 'link-verified', auth0: 'separate' },
        linkSameSubject: true,
        adminIdentities: [
          { provider: 'google', subject: '1234' },
          { provider: 'auth0', subject: 'oidc|a:b' },
        ],
        freshSignInSeconds: 60,
      },
      idTokens: { singleUse: true },
      securityLog: { retentionSeconds: 86_400 },
    });
  });

  it('leave what is not set to the module', () => {
    expect(JSON.parse(JSON.stringify(loadSettings(LEAST).accounts))).toEqual({
      accounts: { allowedHostedDomains: [], allowedEmailDomains: [], linking: {}, adminIdentities: [] },
      idTokens: {},
      securityLog: {},
    });
  });

  itRefusesValues([
    ['SIGN_UP', 'no'],
    ['ALLOWED_HOSTED_DOMAINS', '*.example.com'],
    ['ALLOWED_HOSTED_DOMAINS', '@example.com'],
    ['ALLOWED_EMAIL_DOMAINS', 'a.example,'],
    ['ALLOWED_EMAIL_DOMAINS', 'localhost'],
    ['ACCOUNT_LINKING', 'always'],
    ['ACCOUNT_LINKING', 'google:link'],
    ['ACCOUNT_LINKING', 'google:refuse,google:separate'],
    ['LINK_SAME_SUBJECT', '1'],
    ['ADMIN_IDENTITIES', 'ada@example.com'],
    ['ADMIN_IDENTITIES', 'google:'],
    ['ADMIN_IDENTITIES', 'google:12 34'],
    ['FRESH_SIGN_IN_SECONDS', '9'],
    ['ID_TOKEN_SINGLE_USE', 'once'],
    ['SECURITY_LOG_RETENTION_DAYS', '0'],
  ]);
});
