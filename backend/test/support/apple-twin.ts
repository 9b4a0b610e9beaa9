import { LoopbackIssuer } from './loopback-issuer';

const now = (): number => Math.floor(Date.now() / 1_000);

/** An issuer whose ID tokens look like Apple's: no `typ`, a life of a day, booleans that may be texts, no name. */
export class AppleTwin {
  /** The Services ID of the site, and the bundle id of the app. */
  readonly servicesId = 'com.example.site';
  readonly bundleId = 'com.example.app';

  private constructor(private readonly loopback: LoopbackIssuer) {}

  static async start(): Promise<AppleTwin> {
    return new AppleTwin(await LoopbackIssuer.start());
  }

  get issuer(): string {
    return this.loopback.origin;
  }

  get jwksUri(): string {
    return `${this.loopback.origin}/auth/keys`;
  }

  /** The variables of a server that accepts its tokens; of the app, with a nonce of this server alone. */
  get variables(): Record<string, string> {
    return {
      APPLE_CLIENT_ID: `${this.servicesId},${this.bundleId};platform=ios;nonce=required`,
      APPLE_ISSUER: this.issuer,
      APPLE_JWKS_URI: this.jwksUri,
    };
  }

  /** An ID token for the site, with changes; `undefined` removes a claim. */
  idToken(subject: string, changes: object = {}): string {
    const claims = {
      iss: this.issuer,
      aud: this.servicesId,
      exp: now() + 86_400,
      iat: now(),
      sub: subject,
      at_hash: 'Xn3n1Qb5cWJ8m0Yz2vK9aA',
      email: `${subject.replace(/\W/g, '')}@privaterelay.appleid.com`,
      email_verified: 'true',
      is_private_email: 'true',
      auth_time: now(),
      nonce_supported: true,
    };
    return this.loopback.sign({ ...claims, ...changes }, { typ: undefined });
  }

  stop(): Promise<void> {
    return this.loopback.stop();
  }
}
