import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { auth0Clients, DemoIdentityProviderOptions, googleClients } from './demo-identity-provider.options';
import { DemoIssuer } from './demo-issuer';
import { json, send } from './endpoints/answer';
import { issuerVariables } from './issuer-variables';
import { loadSigningKeys } from './keys/key-file';
import { SigningKeys } from './keys/signing-keys';
import { DemoClients } from './oidc/demo-clients';
import { Directory } from './people/directory';
import { auth0Twin } from './twins/auth0.twin';
import { googleTwin } from './twins/google.twin';
import { IssuerTwin, TwinName } from './twins/issuer-twin';

const HOST = '127.0.0.1';
const ISSUERS = ['google', 'auth0'] as const;

// A page elsewhere that makes its own name point to loopback must not reach the issuers through a browser.
const isLoopbackName = (host: string | undefined): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');

async function listen(port: number): Promise<{ server: Server; origin: string; port: number }> {
  const server = createServer();
  server.listen(port, HOST);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return { server, port: taken, origin: `http://${HOST}:${taken}` };
}

/** Two OpenID Connect issuers on loopback, one shaped like Google and one like an Auth0 tenant, for demos and tests. */
export class DemoIdentityProvider {
  private constructor(
    private readonly server: Server,
    readonly port: number,
    readonly google: DemoIssuer,
    readonly auth0: DemoIssuer,
    private readonly served: readonly TwinName[],
    private readonly onError: (error: Error) => void,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.serve(request, response));
  }

  /** Starts it; refuses under `NODE_ENV=production`, for it lets anybody be anybody. */
  static async start(options: DemoIdentityProviderOptions = {}): Promise<DemoIdentityProvider> {
    if (process.env.NODE_ENV === 'production') throw new Error('The demo identity provider never runs in production.');
    const { onError = () => undefined, redirectOrigins = ['http://localhost:3000'] } = options;
    const signing = await loadSigningKeys(ISSUERS, options.keysFile);
    const { server, port, origin } = await listen(options.port ?? 0);
    const issuer = (twin: IssuerTwin, clients: DemoClients, keys: SigningKeys): DemoIssuer => {
      const directory = new Directory(twin.people);
      const legacyFlows = twin.legacyFlows.filter((flow) => options.legacyFlows?.includes(flow));
      const parts = { twin, directory, keys, clients, redirectOrigins: [...redirectOrigins], legacyFlows };
      return new DemoIssuer(parts, onError);
    };
    const { audience = 'https://api.example.com/', claimsNamespace = 'https://example.com/' } = options.auth0 ?? {};
    const google = issuer(googleTwin(origin), googleClients(options.google), signing.google);
    const auth0 = issuer(auth0Twin(origin, { audience, claimsNamespace }), auth0Clients(options.auth0), signing.auth0);
    return new DemoIdentityProvider(server, port, google, auth0, options.issuers ?? ISSUERS, onError);
  }

  /** The environment variables that make the backend and the frontend use the issuers that are served. */
  variables(): Record<string, string> {
    return Object.assign({}, ...this.served.map((name) => issuerVariables(name, this[name]))) as Record<string, string>;
  }

  /** Stops listening and drops every connection, hanging ones included. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!isLoopbackName(request.headers.host)) return send(response, json(421, { error: 'loopback only' }));
      // oidc-provider builds addresses from this header; the issuers have one name.
      request.headers.host = `${HOST}:${this.port}`;
      const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
      const [, name, path] = /^\/(google|auth0)(\/.*)$/.exec(pathname) ?? [];
      const issuer = this.served.find((served) => served === name);
      if (issuer) return await this[issuer].handle(path ?? '/', request, response);
      send(response, json(404, { error: 'not_found', issuers: this.served.map((served) => this[served].issuer) }));
    } catch (error) {
      this.onError(error as Error);
      if (response.headersSent) response.destroy();
      else send(response, json(500, { error: 'server_error' }));
    }
  }
}
