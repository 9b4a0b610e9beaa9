import { defineProvider } from '../provider-definition';
import { FacebookSocialAuthController } from './facebook-social-auth.controller';
import { completeFacebookSettings, facebookClient, facebookSettings, FacebookVariables } from './facebook.settings';
import { FacebookStrategy } from './facebook.strategy';

/** Sign in with Facebook. */
export const facebook = defineProvider({
  name: 'facebook',
  title: 'Facebook',
  controller: FacebookSocialAuthController,
  variables: FacebookVariables,
  settings: facebookSettings,
  clients: (settings) => [facebookClient(settings)],
  createStrategy: (settings, tools) => new FacebookStrategy(settings, tools),
  // Its discovery document names other keys than those of Limited Login.
  describe: (settings) => ({ issuers: completeFacebookSettings(settings).issuers, hasDiscovery: false }),
});
