const AUTHORITY = /^(https?:\/\/[^/?#@\s]+)\/([a-z0-9-]+)\/v2\.0$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The one tenant in which all personal accounts are. */
const PERSONAL_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Stands for the tenant's id in what Microsoft publishes for all tenants. */
export const TENANT_PLACE = '{tenantid}';

/** Whether a text is an id of Microsoft's, in the one spelling that its tokens have. */
export const isGuid = (text: unknown): text is string => typeof text === 'string' && GUID.test(text);

/** Whose people sign in: an address of Microsoft's with what it calls a tenant, `common` for instance. */
export class MicrosoftAuthority {
  private constructor(
    private readonly origin: string,
    private readonly tenant: string,
  ) {}

  /** Reads `https://login.microsoftonline.com/<tenant>/v2.0`; undefined for any other text. */
  static of(address: string): MicrosoftAuthority | undefined {
    const [, origin = '', tenant = ''] = AUTHORITY.exec(address) ?? [];
    const isTenant = ['common', 'organizations', 'consumers'].includes(tenant) || isGuid(tenant);
    return isTenant && URL.canParse(origin) ? new MicrosoftAuthority(origin, tenant) : undefined;
  }

  get jwksUri(): string {
    return `${this.origin}/${this.tenant}/discovery/v2.0/keys`;
  }

  /** The issuer of a tenant's tokens; with {@link TENANT_PLACE}, the template of all. */
  issuerOf(tenantId: string): string {
    return `${this.origin}/${tenantId}/v2.0`;
  }

  /** What discovery at this authority calls its issuer. */
  get publishedIssuer(): string {
    if (this.tenant === 'consumers') return this.issuerOf(PERSONAL_ACCOUNTS);
    return this.issuerOf(isGuid(this.tenant) ? this.tenant : TENANT_PLACE);
  }

  /** Whether people of a tenant sign in here. */
  admits(tenantId: string): boolean {
    if (this.tenant === 'common') return true;
    if (this.tenant === 'organizations') return tenantId !== PERSONAL_ACCOUNTS;
    return tenantId === (this.tenant === 'consumers' ? PERSONAL_ACCOUNTS : this.tenant);
  }
}
