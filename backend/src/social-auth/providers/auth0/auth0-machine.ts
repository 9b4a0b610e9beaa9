import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import type { ClaimCheck } from '../../verification/claim-checks';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { stringClaim } from '../../verification/credential-claims';
import { listed, quotedClaim } from '../../verification/quoted-value';

/** People's subjects name their connection before a bar; a machine's is its client id and this. */
const SUBJECT = /^[^|]+@clients$/;

const GRANT = 'client-credentials';

/** Whether a token says that a program got it for itself, by whichever of the two claims in which Auth0 says so. */
export function isMachineToken(claims: JsonObject): boolean {
  return ownMember(claims, 'gty') === GRANT || SUBJECT.test(stringClaim(claims, 'sub') ?? '');
}

/** The client to which an access token was issued: `azp`, or `client_id` in the profile of RFC 9068. */
export const clientOf = (claims: JsonObject): string | undefined =>
  stringClaim(claims, 'azp') ?? stringClaim(claims, 'client_id');

/** The token is one that nobody but a program of ours can have got: both claims say so, and its client is listed. */
export const machineIs =
  (machineClientIds: readonly string[]): ClaimCheck =>
  (claims) => {
    const client = clientOf(claims);
    const grant = ownMember(claims, 'gty');
    // The profile of RFC 9068 has no `gty`.
    if (client === undefined || ownMember(claims, 'sub') !== `${client}@clients` || (grant ?? GRANT) !== GRANT) {
      throw new ProviderTokenRefusedError('provider_token_invalid', 'sub and gty are not those of one machine');
    }
    const named = ['azp', 'client_id'].map((name) => ownMember(claims, name)).filter((party) => party !== undefined);
    if (named.every((party) => party === client) && machineClientIds.includes(client)) return;
    throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'the machine is not one of ours').because(
      () => `azp was ${quotedClaim(claims, 'azp')}; machines in AUTH0_M2M_CLIENT_ID: ${listed(machineClientIds)}.`,
    );
  };

/** The token is not one that a program got for itself. */
export const isNoMachine: ClaimCheck = (claims) => {
  if (!isMachineToken(claims)) return;
  throw new ProviderTokenRefusedError('provider_token_invalid', 'a machine has no ID token');
};
