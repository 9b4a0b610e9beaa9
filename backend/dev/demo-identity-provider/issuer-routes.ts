import { IncomingMessage, ServerResponse } from 'node:http';
import { AccessTokenReader } from './endpoints/access-token.reader';
import { Answer, json, send } from './endpoints/answer';
import { demoToken } from './endpoints/demo-token.endpoint';
import { picture } from './endpoints/picture.endpoint';
import { tokeninfo } from './endpoints/tokeninfo.endpoint';
import { userinfo } from './endpoints/userinfo.endpoint';
import { Endpoint } from './faults/fault';
import { FaultSwitches } from './faults/fault-switches';
import { misbehave } from './faults/misbehave';
import { IssuerParts } from './oidc/oidc-configuration';
import { Provider } from './oidc/oidc-library';
import { TokenMint } from './oidc/token-mint';
import { PeopleController } from './pages/people.controller';
import { addressOf, IssuerTwin } from './twins/issuer-twin';

type AnswerMaker = (request: IncomingMessage) => Promise<Answer> | Answer;

const NOTHING: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };

function endpointsByPath({ paths }: IssuerTwin): Map<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>([
    ['/.well-known/openid-configuration', 'discovery'],
    [paths.authorization, 'authorization'],
    [paths.token, 'token'],
    [paths.jwks, 'jwks'],
    [paths.userinfo, 'userinfo'],
    ['/demo/token', 'demo-token'],
  ]);
  return paths.tokeninfo ? endpoints.set(paths.tokeninfo, 'tokeninfo') : endpoints;
}

/** The HTTP side of one issuer: our own endpoints and pages, behind them oidc-provider, before all the faults. */
export class IssuerRoutes {
  private readonly endpoints: Map<string, Endpoint>;
  private readonly ours: Partial<Record<Endpoint, AnswerMaker>>;
  private readonly people: PeopleController;
  private readonly oidc: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  constructor(
    private readonly parts: IssuerParts,
    private readonly faults: FaultSwitches,
    provider: Provider,
    mint: TokenMint,
  ) {
    const { twin, directory, keys, clients } = parts;
    const tokens = new AccessTokenReader(provider, twin, directory, keys);
    this.endpoints = endpointsByPath(twin);
    this.ours = {
      jwks: () => json(200, { keys: keys.published }, { 'cache-control': 'public, max-age=60' }),
      userinfo: (request) => userinfo(twin, tokens, request),
      tokeninfo: (request) => tokeninfo(tokens, request),
      'demo-token': (request) => demoToken(mint, directory, clients.clientId, request),
    };
    this.people = new PeopleController(provider, twin, directory);
    this.oidc = provider.callback();
  }

  /** Answers a request whose path, below the issuer, is `path`. */
  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const redirected = path.startsWith('/redirected/');
    const target = redirected ? path.slice('/redirected'.length) : path;
    const endpoint = this.endpoints.get(target);
    if (endpoint) return this.answer(endpoint, redirected, target, request, response);
    if (path.startsWith('/people/')) return this.people.handle(request, response);
    const face = this.parts.directory.find(/^\/pictures\/(.+)\.svg$/.exec(path)?.[1] ?? '');
    if (face) return send(response, picture(face));
    return this.delegate(request, response);
  }

  private async answer(
    endpoint: Endpoint,
    redirected: boolean,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const fault = this.faults.enter(redirected ? 'redirected' : endpoint);
    if (typeof fault === 'function') return fault(request, response);
    const make = this.ours[endpoint];
    if (fault) {
      const good = make ? await make(request) : NOTHING;
      return misbehave(fault, response, good, addressOf(this.parts.twin, `/redirected${path}`));
    }
    return make ? send(response, await make(request)) : this.delegate(request, response);
  }

  /** oidc-provider expects paths without its mount point, and reads that from the difference of the two addresses. */
  private async delegate(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const mounted: IncomingMessage & { originalUrl?: string } = request;
    const mountPath = new URL(this.parts.twin.issuer).pathname.replace(/\/$/, '');
    mounted.originalUrl = request.url;
    mounted.url = request.url?.slice(mountPath.length);
    await this.oidc(request, response);
  }
}
