import type { PublishedKey } from '../../dev/demo-identity-provider/keys/signing-keys';
import { LoopbackIssuer } from './loopback-issuer';

const now = (): number => Math.floor(Date.now() / 1_000);

/** The tenants of the twin; the last is where Microsoft keeps personal accounts. */
export const TENANTS = {
  contoso: '72f988bf-86f1-41af-91ab-2d7cd011db47',
  fabrikam: 'b4c546a4-7dac-46a6-a7dd-ed822a11efd3',
  personal: '9188040d-6c67-4c5b-b112-36a304b66dad',
} as const;

/** An issuer whose ID tokens and key sets look like Microsoft's: many tenants, one key set, each key with an issuer. */
export class MicrosoftTwin {
  readonly clientId = '6731de76-14a6-49ae-97bc-6eba6914391e';
  /** What its key set says of each key, by its place; default: the template of all tenants, as most keys have it. */
  keyIssuers: readonly unknown[] = [];

  private constructor(readonly loopback: LoopbackIssuer) {}

  static async start(): Promise<MicrosoftTwin> {
    const publish = (keys: readonly PublishedKey[]): object[] =>
      keys.map(({ alg: _, ...key }, at) => ({
        ...key,
        cloud_instance_name: 'microsoftonline.com',
        issuer: at in twin.keyIssuers ? twin.keyIssuers[at] : twin.issuerOf('{tenantid}'),
      }));
    const twin: MicrosoftTwin = new MicrosoftTwin(await LoopbackIssuer.start(publish));
    return twin;
  }

  issuerOf(tenantId: string): string {
    return `${this.loopback.origin}/${tenantId}/v2.0`;
  }

  /** The variables of a server that accepts its tokens. */
  get variables(): Record<string, string> {
    return { MICROSOFT_CLIENT_ID: this.clientId, MICROSOFT_ISSUER: this.issuerOf('common') };
  }

  /** An ID token of a person in a tenant, with changes; `undefined` removes a claim. */
  idToken(oid: string, tenantId: string = TENANTS.contoso, changes: object = {}): string {
    const claims = {
      aud: this.clientId,
      iss: this.issuerOf(tenantId),
      iat: now() - 300,
      nbf: now() - 300,
      exp: now() + 3_600,
      email: 'ada@contoso.example',
      name: 'Ada Winter',
      oid,
      preferred_username: 'ada@contoso.example',
      rh: '0.AAAA',
      sub: `pairwise-${oid}`,
      tid: tenantId,
      uti: 'fqiBqXLPj0eQa82S-IYFAA',
      ver: '2.0',
    };
    return this.loopback.sign({ ...claims, ...changes });
  }

  stop(): Promise<void> {
    return this.loopback.stop();
  }
}
