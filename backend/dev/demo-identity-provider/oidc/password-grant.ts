import { Directory } from '../people/directory';
import { errors, Provider } from './oidc-library';
import { TokenMint, UnknownOrderError } from './token-mint';

interface PasswordRequest {
  readonly username?: string;
  readonly password?: string;
  readonly audience?: string;
  readonly scope?: string;
}

const PARAMETERS = ['username', 'password', 'audience', 'scope', 'realm'];

/** Lets the legacy client trade a person's password for tokens, which oidc-provider has no grant for. */
export function registerPasswordGrant(provider: Provider, directory: Directory, mint: TokenMint): void {
  provider.registerGrantType<PasswordRequest>(
    'password',
    async (ctx) => {
      const { username = '', password = '', audience, scope: asked } = ctx.oidc.params;
      const person = directory.withPassword(username, password);
      if (!person) throw new errors.CustomOIDCProviderError('invalid_grant', 'Wrong email or password.');
      const order = { clientId: ctx.oidc.client.clientId, audience, scope: asked, grantType: 'password' };
      const { idToken, accessToken, expiresIn, scope } = await mint.issue(person, order).catch(refuse);
      ctx.body = {
        access_token: accessToken,
        id_token: scope.split(' ').includes('openid') ? idToken : undefined,
        token_type: 'Bearer',
        expires_in: expiresIn,
        scope,
      };
    },
    PARAMETERS,
  );
}

function refuse(error: unknown): never {
  if (error instanceof UnknownOrderError) throw new errors.AccessDenied(error.message);
  throw error;
}
