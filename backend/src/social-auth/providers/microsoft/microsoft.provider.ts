import { defineProvider } from '../provider-definition';
import { MicrosoftAuthority } from './microsoft-authority';
import { MicrosoftSocialAuthController } from './microsoft-social-auth.controller';
import { MICROSOFT_ISSUER, microsoftSettings, MicrosoftVariables } from './microsoft.settings';
import { MicrosoftStrategy } from './microsoft.strategy';

/** Sign in with Microsoft. */
export const microsoft = defineProvider({
  name: 'microsoft',
  title: 'Microsoft',
  controller: MicrosoftSocialAuthController,
  variables: MicrosoftVariables,
  settings: microsoftSettings,
  clients: ({ clientIds }) => clientIds,
  createStrategy: (settings, tools) => new MicrosoftStrategy(settings, tools),
  describe: ({ issuer = MICROSOFT_ISSUER }) => ({
    issuers: [issuer, MicrosoftAuthority.of(issuer)?.publishedIssuer ?? issuer],
  }),
});
