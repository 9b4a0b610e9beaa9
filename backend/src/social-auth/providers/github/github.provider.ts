import { defineProvider } from '../provider-definition';
import { GithubSocialAuthController } from './github-social-auth.controller';
import { completeGithubSettings, githubSettings, GithubVariables } from './github.settings';
import { GithubStrategy } from './github.strategy';

/** Sign in with GitHub. */
export const github = defineProvider({
  name: 'github',
  title: 'GitHub',
  controller: GithubSocialAuthController,
  variables: GithubVariables,
  settings: githubSettings,
  clients: ({ client }) => [client],
  createStrategy: (settings, tools) => new GithubStrategy(settings, tools),
  describe: (settings) => ({ issuers: [completeGithubSettings(settings).issuer], hasDiscovery: false }),
});
