import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import type { ClaimCheck } from '../../verification/claim-checks';
import { ownMember } from '../../verification/compact-jwt';
import type { VerificationKey } from '../../verification/key-set';
import { listed, quoted, quotedClaim } from '../../verification/quoted-value';
import { issuerHint } from '../../verification/refusal-hints';
import { isGuid, TENANT_PLACE, type MicrosoftAuthority } from './microsoft-authority';

/** `iss` is that of the token's own tenant (`tid`), and people of that tenant may sign in. */
export const issuerIsOfTenant =
  (authority: MicrosoftAuthority, allowedTenants: readonly string[]): ClaimCheck =>
  (claims) => {
    const tenantId = ownMember(claims, 'tid');
    const issuer = ownMember(claims, 'iss');
    if (!isGuid(tenantId) || issuer !== authority.issuerOf(tenantId)) {
      const reason = 'iss is not that of the tenant in tid';
      throw new ProviderTokenRefusedError('provider_token_wrong_issuer', reason).because((context) => {
        const came = `iss was ${quotedClaim(claims, 'iss')}, tid was ${quotedClaim(claims, 'tid')}`;
        return `${came}; expected: ${quoted(authority.issuerOf(TENANT_PLACE))}.${issuerHint(issuer, context)}`;
      });
    }
    if (authority.admits(tenantId) && (allowedTenants.length === 0 || allowedTenants.includes(tenantId))) return;
    const reason = 'the tenant is not one whose people sign in here';
    throw new ProviderTokenRefusedError('provider_token_wrong_issuer', reason).because(() => {
      const allowed = allowedTenants.length === 0 ? '' : `, of the tenants ${listed(allowedTenants)}`;
      return `tid was ${quoted(tenantId)}; configured: ${quoted(authority.publishedIssuer)}${allowed}.`;
    });
  };

/**
 * A key verifies tokens of the issuer alone for which it is published: its set holds keys of several, and one that may
 * sign for a tenant must not sign for another. A key that names no issuer verifies nothing.
 */
export function keyIsOfIssuer({ kid, issuer: published }: VerificationKey, tenantId: string, issuer: string): void {
  if (published?.replaceAll(TENANT_PLACE, tenantId) === issuer) return;
  throw new ProviderTokenRefusedError('provider_token_invalid', 'the key is published for another issuer').because(
    () => `kid was ${quoted(kid)}, which is a key of ${quoted(published)}; the token is of ${quoted(issuer)}.`,
  );
}

/** `oid`, the person's id in their tenant, is one; tokens without the scope `profile` have none. */
export const objectIdIsSound: ClaimCheck = (claims) => {
  if (isGuid(ownMember(claims, 'oid'))) return;
  throw new ProviderTokenRefusedError('provider_token_invalid', 'oid is not an object id').because(
    () => 'oid was absent or no id; expected: that of the person, which the scope profile brings.',
  );
};
