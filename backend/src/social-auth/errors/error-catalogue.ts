/** What a stable error code stands for. */
export interface ErrorDescription {
  /** HTTP status of the answer. */
  status: number;
  /** Short, the same for every occurrence. */
  title: string;
  /** What happened and what to do, in words for the developer of a client; an occurrence may say more. */
  detail: string;
}

const describe = <Codes extends string>(catalogue: Record<Codes, ErrorDescription>): Record<Codes, ErrorDescription> =>
  catalogue;

/** Every error that this module and the reference server answer with, by its stable code; docs/errors.md is held equal to it. */
export const errorCatalogue = describe({
  invalid_request: {
    status: 400,
    title: 'The request is malformed',
    detail: 'The request does not have the form that this endpoint expects.',
  },
  invalid_scope: {
    status: 400,
    title: 'The scopes are not ones that can be given',
    detail: 'Ask for scopes that this server offers and that the token of the request holds itself.',
  },
  link_ticket_invalid: {
    status: 400,
    title: 'The link ticket is not valid',
    detail:
      'The ticket is unknown, used, expired, or not for this account. Sign in with the other provider again to get a new one.',
  },
  not_revocable_here: {
    status: 400,
    title: 'The token cannot be ended here',
    detail:
      'The provider issued this token, and nothing of it is kept here. End it at the provider, or end all with POST /auth/logout-all.',
  },
  provider_token_invalid: {
    status: 401,
    title: 'The provider token was refused',
    detail: 'The token is not one that this provider issued for this application. Sign in with the provider again.',
  },
  provider_token_expired: {
    status: 401,
    title: 'The provider token has expired',
    detail: 'Ask the provider for a fresh token and post that one.',
  },
  provider_token_too_old: {
    status: 401,
    title: 'The provider token is too old',
    detail: 'The token was issued longer ago than is accepted here. Ask the provider for a fresh token.',
  },
  provider_token_not_yet_valid: {
    status: 401,
    title: 'The provider token is not valid yet',
    detail: 'The token says that it was issued in the future: the clock of the provider or of this server is wrong.',
  },
  provider_token_wrong_audience: {
    status: 401,
    title: 'The provider token was issued for another application',
    detail: 'The client id or API identifier in the token is not one that this server was configured with.',
  },
  provider_token_wrong_issuer: {
    status: 401,
    title: 'The token comes from another issuer',
    detail: 'The issuer in the token is not the one of this provider. Post it to the endpoint of its own provider.',
  },
  provider_token_wrong_kind: {
    status: 401,
    title: 'Another kind of token was expected',
    detail: 'Post an ID token as id_token and an access token as access_token.',
  },
  auth0_audience_missing: {
    status: 401,
    title: 'The Auth0 access token is opaque',
    detail:
      'Auth0 issues an opaque access token when no API is asked for. Add the API identifier as the audience parameter of the authorization request.',
  },
  provider_token_wrong_nonce: {
    status: 401,
    title: 'The nonce is not one that was issued here',
    detail: 'Ask POST /auth/challenge for a nonce, sign in with the provider with it, and post the token once.',
  },
  provider_token_replayed: {
    status: 401,
    title: 'The provider token was used before',
    detail: 'An ID token is accepted once here. Ask the provider for a fresh one.',
  },
  authentication_required: {
    status: 401,
    title: 'Authentication is required',
    detail: 'Send a token in the Authorization header: Authorization: Bearer <token>.',
  },
  invalid_token: {
    status: 401,
    title: 'The token is not valid',
    detail: 'The token is unknown, expired or revoked. Sign in again.',
  },
  insufficient_user_authentication: {
    status: 401,
    title: 'A fresh sign-in is required',
    detail: 'Sign in with the provider again, then repeat the request with the new token.',
  },
  account_disabled: {
    status: 403,
    title: 'The account is disabled',
    detail: 'This account has been disabled. Contact the operator of this service.',
  },
  sign_up_disabled: {
    status: 403,
    title: 'New accounts are not made here',
    detail: 'This service signs in only people who have an account already. Contact its operator.',
  },
  sign_in_not_allowed: {
    status: 403,
    title: 'This identity may not sign in here',
    detail: 'Only people of certain organisations or e-mail domains may sign in here. Use such an account.',
  },
  email_not_verified: {
    status: 403,
    title: 'A verified e-mail address is required',
    detail:
      'Identities are linked only where the e-mail addresses on both sides are verified. Verify yours with the provider, sign in again and repeat.',
  },
  insufficient_scope: {
    status: 403,
    title: 'The token does not reach this far',
    detail: 'The token lacks a scope that this endpoint requires.',
  },
  token_exchange_required: {
    status: 403,
    title: 'A token of this API is required',
    detail:
      'The token is one of the provider. Post it to the sign-in route of the provider and send the token that is answered.',
  },
  role_required: {
    status: 403,
    title: 'A role is required',
    detail: 'Your account lacks a role that this endpoint requires.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing here, or nothing of yours.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    detail: 'This address exists, but not for this method.',
  },
  email_in_use: {
    status: 409,
    title: 'The e-mail address belongs to another account',
    detail: 'Another account has proven to own this e-mail address. Sign in the way you did before.',
  },
  identity_in_use: {
    status: 409,
    title: 'The identity belongs to another account',
    detail: 'This identity signs in to another account. Unlink it there first, or delete that account.',
  },
  last_identity: {
    status: 409,
    title: 'The last identity cannot be unlinked',
    detail: 'Without it nobody could sign in to this account. Link another one first, or delete the account.',
  },
  token_already_rotated: {
    status: 409,
    title: 'The token was rotated a moment ago',
    detail: 'Another request has rotated this token already: use the token that it was answered.',
  },
  token_limit_reached: {
    status: 409,
    title: 'The account has too many tokens',
    detail: 'Sign out elsewhere, or revoke tokens that are not needed any more, then try again.',
  },
  payload_too_large: {
    status: 413,
    title: 'The request is too large',
    detail: 'The body of the request is larger than this endpoint accepts.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send the body as application/json, without a content encoding.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait as long as the Retry-After header says, then try again.',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: 'Something went wrong on this server. It has been logged.',
  },
  provider_unavailable: {
    status: 503,
    title: 'The identity provider cannot be reached',
    detail: 'The token could not be checked because the identity provider does not answer. Try again soon.',
  },
  database_unavailable: {
    status: 503,
    title: 'The database cannot be reached',
    detail: 'The request could not be answered because the database does not answer. Try again soon.',
  },
});

/** A stable error code: what a client may switch on. */
export type ErrorCode = keyof typeof errorCatalogue;
