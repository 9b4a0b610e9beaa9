import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { looksLikeJwt } from '../../verification/compact-jwt';
import type { PostedCredential } from '../../verification/verified-credential';

const MAXIMUM_LENGTH = 2_048;
/** What a Bearer header can carry, behind the prefix of a token that an app was given for a person. [RFC 6750 2.1] */
const USER_TOKEN = /^gh[ou]_[A-Za-z0-9._~+/-]+=*$/;

/** What other credentials of GitHub begin with, and what they are. */
const OTHERS: readonly [string, string][] = [
  ['ghp_', 'a personal access token'],
  ['github_pat_', 'a personal access token'],
  ['ghs_', 'a token of an installation'],
  ['ghr_', 'a refresh token'],
];

const wrongKind = (what: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_kind', `${what} is not an access token of a person`).because(
    () => `The token is ${what}; expected: an access token that an app was given for a person (gho_…, ghu_…).`,
  );

/** Refuses by its form alone what cannot be an access token that GitHub gave an app for a person. */
export function checkTokenForm({ kind, token }: PostedCredential): void {
  if (looksLikeJwt(token)) throw wrongKind('a JWT');
  const other = OTHERS.find(([prefix]) => token.startsWith(prefix));
  if (other) throw wrongKind(other[1]);
  if (kind === 'id_token') {
    throw new ProviderTokenRefusedError('provider_token_wrong_kind', 'GitHub has no ID tokens for people').because(
      () => 'GitHub has no ID tokens for people: post its access token as access_token.',
    );
  }
  if (token.length <= MAXIMUM_LENGTH && USER_TOKEN.test(token)) return;
  throw new ProviderTokenRefusedError('provider_token_invalid', 'the access token has not the form of one');
}
