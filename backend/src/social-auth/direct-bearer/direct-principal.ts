import { KeptToken } from '../tokens/kept-principal';
import type { Principal, PrincipalAccount } from '../tokens/principal';
import { grantedScopes } from '../verification/granted-scopes';
import type { VerifiedCredential } from '../verification/verified-credential';

/** The principal of an access token that its provider issued, whose account is known. */
export function directPrincipal(tokenId: string, credential: VerifiedCredential, account: PrincipalAccount): Principal {
  const scopes = grantedScopes(credential);
  return Object.freeze({
    account,
    token: new KeptToken({
      id: tokenId,
      kind: 'direct',
      provider: credential.identity.provider,
      scopes: scopes && Object.freeze([...scopes]),
      createdAt: credential.issuedAt.getTime(),
      expiresAt: credential.expiresAt.getTime(),
      authenticatedAt: undefined,
      isSuperseded: false,
    }),
  });
}
