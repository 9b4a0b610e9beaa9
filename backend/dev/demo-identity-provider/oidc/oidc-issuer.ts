import { shapeDeviceRequests } from './device-flow';
import { sameLoopbackPath } from './loopback-redirect';
import { IssuerParts, oidcConfiguration } from './oidc-configuration';
import { Provider } from './oidc-library';

type Method<Self, Args extends unknown[], Result> = (this: Self, ...args: Args) => Result;

/** oidc-provider makes its models itself, one set for each provider: what no option reaches is replaced on their prototypes. */
function replaceMethod<Self extends object, Args extends unknown[], Result>(
  prototype: Self,
  name: string,
  replace: (original: Method<Self, Args, Result>) => Method<Self, Args, Result>,
): void {
  Reflect.set(prototype, name, replace(Reflect.get(prototype, name) as Method<Self, Args, Result>));
}

/** Gives opaque access tokens the look of the real issuer's. */
function dressOpaqueTokens({ AccessToken }: Provider, dress: (id: string) => string): void {
  replaceMethod<InstanceType<typeof AccessToken>, [], string>(
    AccessToken.prototype,
    'generateTokenId',
    (plain) =>
      function () {
        const id = plain.call(this);
        return this.format === 'opaque' ? dress(id) : id;
      },
  );
}

/** Accepts any loopback port for a registered loopback address, so that a moved frontend needs no registration. */
function acceptAnyLoopbackPort({ Client }: Provider): void {
  replaceMethod<InstanceType<typeof Client>, [string], boolean>(
    Client.prototype,
    'redirectUriAllowed',
    (strict) =>
      function (uri) {
        return strict.call(this, uri) || (this.redirectUris ?? []).some((known) => sameLoopbackPath(uri, known));
      },
  );
}

/** Gives a machine that asks for no scope in particular all that it may have, as Auth0 does. */
function grantMachinesEverything({ ClientCredentials }: Provider, scopes: readonly string[]): void {
  replaceMethod<InstanceType<typeof ClientCredentials>, [], Promise<string>>(
    ClientCredentials.prototype,
    'save',
    (plain) =>
      function () {
        if (this.resourceServer) this.scope ??= scopes.join(' ');
        return plain.call(this);
      },
  );
}

/** An oidc-provider that looks like the twin. */
export function createOidcIssuer(parts: IssuerParts, onError: (error: Error) => void): Provider {
  const provider = new Provider(parts.twin.issuer, oidcConfiguration(parts));
  dressOpaqueTokens(provider, (id) => parts.twin.dressOpaqueToken(id));
  acceptAnyLoopbackPort(provider);
  grantMachinesEverything(provider, parts.twin.api?.scopes ?? []);
  shapeDeviceRequests(provider, parts.twin);
  provider.on('server_error', (_ctx, error) => onError(error));
  return provider;
}
