import { createHmac, randomBytes } from 'node:crypto';
import { SigningKeys } from '../../dev/demo-identity-provider/keys/signing-keys';
import { LoopbackTwin, type TwinAnswer, type TwinRequest } from './loopback-twin';

/** What a test decides about an access token. */
export interface FacebookTokenOptions {
  appId?: string;
  /** Laid over what debug_token says; `undefined` removes a member. */
  data?: object;
  /** Laid over what /me says. */
  profile?: object;
}

/** The person of the twin. */
export const FACEBOOK_PERSON = {
  id: '10215241773831025',
  name: 'Ada Winter',
  email: 'ada.winter@example.com',
} as const;

const graphError = (status: number, code: number, message: string): TwinAnswer => ({
  status,
  body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'AbCdEf' } },
});

/** The Graph API as far as a sign-in needs it, and the keys of Limited Login. */
export class FacebookTwin extends LoopbackTwin {
  readonly appSecret = randomBytes(16).toString('hex');
  private readonly tokens = new Map<string, FacebookTokenOptions>();

  private constructor(
    readonly appId: string,
    readonly keys: SigningKeys,
  ) {
    super();
  }

  static async start(appId = '138483919580948'): Promise<FacebookTwin> {
    return new FacebookTwin(appId, await SigningKeys.create()).listen();
  }

  /** The environment of a server that believes the twin. */
  get environment(): Record<string, string> {
    return {
      FACEBOOK_APP_ID: this.appId,
      FACEBOOK_APP_SECRET: this.appSecret,
      FACEBOOK_ISSUER: this.url,
      FACEBOOK_JWKS_URI: `${this.url}/.well-known/oauth/openid/jwks/`,
      FACEBOOK_GRAPH_URI: this.url,
    };
  }

  /** An access token of our app, of the long kind. */
  issue(options: FacebookTokenOptions = {}): string {
    const token = `EAAB${randomBytes(60).toString('hex')}ZD`;
    this.tokens.set(token, options);
    return token;
  }

  /** Somebody takes the app's permission back. */
  revoke(token: string): void {
    this.tokens.delete(token);
  }

  /** An ID token of Limited Login, with changes laid over its claims. */
  idToken(claims: object = {}, header: object = {}): string {
    const now = Math.floor(Date.now() / 1_000);
    const usual = {
      iss: this.url,
      aud: this.appId,
      sub: FACEBOOK_PERSON.id,
      iat: now,
      exp: now + 3_600,
      jti: `jti.${randomBytes(8).toString('hex')}`,
      nonce: randomBytes(8).toString('hex'),
      given_name: 'Ada',
      family_name: 'Winter',
      name: FACEBOOK_PERSON.name,
      email: FACEBOOK_PERSON.email,
      picture: 'https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=1',
    };
    return this.keys.sign({ ...usual, ...claims }, header);
  }

  protected override answer(request: TwinRequest): TwinAnswer {
    if (request.method !== 'GET') return graphError(400, 100, '(#100) Unsupported request');
    if (request.path === '/debug_token') return this.debug(request);
    if (request.path === '/me') return this.me(request);
    if (request.path === '/.well-known/oauth/openid/jwks/') {
      return { status: 200, body: { keys: this.keys.published } };
    }
    return graphError(404, 2500, 'Unknown path components');
  }

  private debug({ headers, query }: TwinRequest): TwinAnswer {
    if (headers.authorization !== `Bearer ${this.appId}|${this.appSecret}`) {
      return graphError(400, 190, 'Invalid OAuth access token signature.');
    }
    const known = this.tokens.get(query.get('input_token') ?? '');
    if (!known) {
      const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
      return { status: 200, body: { data: { error, is_valid: false, scopes: [] } } };
    }
    if ((known.appId ?? this.appId) !== this.appId) {
      return graphError(400, 100, '(#100) The App_id in the input_token did not match the Viewing App');
    }
    const now = Math.floor(Date.now() / 1_000);
    const usual = {
      app_id: this.appId,
      type: 'USER',
      application: 'Example',
      data_access_expires_at: now + 90 * 86_400,
      expires_at: now + 5_183_944,
      is_valid: true,
      issued_at: now,
      scopes: ['email', 'public_profile'],
      user_id: FACEBOOK_PERSON.id,
    };
    return { status: 200, body: { data: { ...usual, ...known.data } } };
  }

  private me({ headers, query }: TwinRequest): TwinAnswer {
    const token = headers.authorization?.replace(/^Bearer /, '') ?? '';
    const known = this.tokens.get(token);
    if (!known) return graphError(400, 190, 'Error validating access token');
    const proof = createHmac('sha256', this.appSecret).update(token).digest('hex');
    if (query.get('appsecret_proof') !== proof) {
      return graphError(400, 100, 'API calls from the server require an appsecret_proof argument');
    }
    const url = 'https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=1';
    const picture = { data: { height: 200, width: 200, is_silhouette: false, url } };
    return { status: 200, body: { ...FACEBOOK_PERSON, picture, ...known.profile } };
  }
}
