import { defineProvider } from '../provider-definition';
import { describeGoogle } from './google-description';
import { GoogleSocialAuthController } from './google-social-auth.controller';
import { googleSettings, GoogleVariables } from './google.settings';
import { GoogleStrategy } from './google.strategy';

/** Sign in with Google. */
export const google = defineProvider({
  name: 'google',
  title: 'Google',
  controller: GoogleSocialAuthController,
  variables: GoogleVariables,
  settings: googleSettings,
  clients: ({ clientIds }) => clientIds,
  createStrategy: (settings, tools) => new GoogleStrategy(settings, tools),
  describe: describeGoogle,
});
