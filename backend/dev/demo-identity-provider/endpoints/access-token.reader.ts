import { createPublicKey, verify } from 'node:crypto';
import { SigningKeys } from '../keys/signing-keys';
import { Provider } from '../oidc/oidc-library';
import { DemoPerson } from '../people/demo-person';
import { Directory } from '../people/directory';
import { addressOf, IssuerTwin } from '../twins/issuer-twin';

/** What an issuer knows of an access token that it made. */
export interface KnownAccessToken {
  readonly person: DemoPerson;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

interface JwtAccessToken {
  readonly sub: string;
  readonly azp: string;
  readonly aud: string | string[];
  readonly scope: string;
  readonly exp: number;
}

const nowInSeconds = (): number => Math.floor(Date.now() / 1_000);

/** Recognises the access tokens of one issuer, opaque ones and JWTs. */
export class AccessTokenReader {
  constructor(
    private readonly provider: Provider,
    private readonly twin: IssuerTwin,
    private readonly directory: Directory,
    private readonly keys: SigningKeys,
  ) {}

  /** The token if it is live, made here, and meant for this issuer's own endpoints. */
  async read(value: string): Promise<KnownAccessToken | undefined> {
    return this.readJwt(value) ?? (await this.readOpaque(value));
  }

  private async readOpaque(value: string): Promise<KnownAccessToken | undefined> {
    const token = await this.provider.AccessToken.find(value);
    if (!token?.isValid) return undefined;
    return this.known(token.accountId, token.clientId ?? '', token.scope ?? '', token.exp ?? 0);
  }

  private readJwt(value: string): KnownAccessToken | undefined {
    const [header, payload, signature, ...rest] = value.split('.');
    if (!header || !payload || !signature || rest.length > 0) return undefined;
    const input = Buffer.from(`${header}.${payload}`);
    const genuine = this.keys.published.some((jwk) =>
      verify('sha256', input, createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64url')),
    );
    if (!genuine) return undefined;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JwtAccessToken;
    const reachesUserinfo = [claims.aud].flat().includes(addressOf(this.twin, this.twin.paths.userinfo));
    if (!reachesUserinfo || claims.exp <= nowInSeconds()) return undefined;
    return this.known(claims.sub, claims.azp, claims.scope, claims.exp);
  }

  private known(subject: string, clientId: string, scope: string, expiresAt: number): KnownAccessToken | undefined {
    const person = this.directory.withSubject(subject);
    return person && { person, clientId, scopes: scope.split(' '), expiresAt };
  }
}
