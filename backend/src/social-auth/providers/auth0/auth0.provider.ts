import { defineProvider } from '../provider-definition';
import { auth0BearerForm } from './auth0-bearer-form';
import { describeAuth0 } from './auth0-description';
import { googleConnection } from './auth0-google-connection';
import { Auth0SocialAuthController } from './auth0-social-auth.controller';
import { auth0Settings, Auth0Variables } from './auth0.settings';
import { Auth0Strategy } from './auth0.strategy';

/** Sign in with Auth0. */
export const auth0 = defineProvider({
  name: 'auth0',
  title: 'Auth0',
  controller: Auth0SocialAuthController,
  variables: Auth0Variables,
  settings: auth0Settings,
  clients: ({ clientIds }) => clientIds,
  createStrategy: (settings, tools) => new Auth0Strategy(settings, tools),
  describe: describeAuth0,
  bearer: (settings) => (settings.acceptAccessTokens ? auth0BearerForm(settings) : undefined),
  samePersonAs: googleConnection,
});
