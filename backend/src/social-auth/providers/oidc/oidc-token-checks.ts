import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { audiencesOf, type ClaimCheck } from '../../verification/claim-checks';
import { ownMember } from '../../verification/compact-jwt';
import { quoted, quotedClaim } from '../../verification/quoted-value';
import type { CredentialKind } from '../../verification/verified-credential';

/** How Keycloak (`typ`) and Cognito (`token_use`) say in a claim what a token is. */
const MARKS: Readonly<Record<CredentialKind, Readonly<Record<string, string>>>> = {
  id_token: { typ: 'ID', token_use: 'id' },
  access_token: { typ: 'Bearer', token_use: 'access' },
};

/** Where a claim says what the token is, it is what it was taken for: audiences alone do not tell everywhere. */
export const markIsOf =
  (kind: CredentialKind): ClaimCheck =>
  (claims) => {
    for (const [name, expected] of Object.entries(MARKS[kind])) {
      const mark = ownMember(claims, name);
      if (mark === undefined || mark === expected) continue;
      throw new ProviderTokenRefusedError('provider_token_wrong_kind', `${name} names another kind of token`).because(
        () => `${name} was ${quotedClaim(claims, name)}; expected: ${quoted(expected)}, or none.`,
      );
    }
  };

/** An ID token for several audiences names the client that asked for it. [Core 3.1.3.7(4)] */
export const partyOfSeveralIsNamed: ClaimCheck = (claims) => {
  if (audiencesOf(claims).length < 2 || ownMember(claims, 'azp') !== undefined) return;
  throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'several audiences and no azp').because(
    () => `aud was ${quotedClaim(claims, 'aud')} and azp absent; expected: azp beside several audiences.`,
  );
};
