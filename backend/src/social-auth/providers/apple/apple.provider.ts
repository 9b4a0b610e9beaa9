import { defineProvider } from '../provider-definition';
import { AppleSocialAuthController } from './apple-social-auth.controller';
import { appleDefaults, appleSettings, AppleVariables } from './apple.settings';
import { AppleStrategy } from './apple.strategy';

/** Sign in with Apple. */
export const apple = defineProvider({
  name: 'apple',
  title: 'Apple',
  controller: AppleSocialAuthController,
  variables: AppleVariables,
  settings: appleSettings,
  clients: ({ clientIds }) => clientIds,
  createStrategy: (settings, tools) => new AppleStrategy(settings, tools),
  describe: ({ issuers }) => ({ issuers: issuers?.length ? issuers : appleDefaults.issuers }),
});
