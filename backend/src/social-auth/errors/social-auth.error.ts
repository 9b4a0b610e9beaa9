import { HttpException } from '@nestjs/common';
import { errorCatalogue, type ErrorCode } from './error-catalogue';
import { problemDetails } from './problem-details';
import type { RefusalContext, RefusalExplanation } from './refusal-explanation';

/** What an error may add to its code. */
export interface SocialAuthErrorOptions {
  /** Words for this occurrence; the catalogue's by default. Shown to the client: nothing secret, nothing of a token. */
  detail?: string;
  /** For the log alone: a fixed phrase that tells an operator more than the client may know. */
  reason?: string;
  /** For the log alone. */
  cause?: unknown;
  /** Headers of the answer. */
  headers?: Record<string, string>;
  /** Further members of the answer. [RFC 9457 3.2] */
  extensions?: Record<string, string | number>;
}

/**
 * The root of every error of this module: a code of the catalogue, and what the log may know beside it.
 *
 * An HttpException, so that a host whose own filter comes first still answers with the right status.
 */
export abstract class SocialAuthError extends HttpException {
  readonly reason: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  protected constructor(
    readonly code: ErrorCode,
    { detail, reason, cause, headers = {}, extensions = {} }: SocialAuthErrorOptions = {},
  ) {
    const problem = problemDetails(code, detail);
    super({ ...problem, ...extensions }, problem.status, { cause });
    this.message = reason ?? problem.title;
    this.reason = reason;
    this.headers = headers;
  }
}

/** The request has not the expected form; nothing was done. */
export class InvalidRequestError extends SocialAuthError {
  constructor(detail?: string) {
    super('invalid_request', { detail });
  }
}

/** A token may not have these scopes; nothing was done. */
export class InvalidScopeError extends SocialAuthError {
  constructor(detail?: string) {
    super('invalid_scope', { detail });
  }
}

/** The body is not plain JSON. */
export class UnsupportedMediaTypeError extends SocialAuthError {
  constructor() {
    super('unsupported_media_type');
  }
}

/** There is nothing at this address, or nothing that the caller may see. */
export class NotFoundError extends SocialAuthError {
  constructor(detail?: string) {
    super('not_found', { detail });
  }
}

/** The codes with which a provider's token is refused. */
export type ProviderTokenErrorCode = Extract<ErrorCode, `provider_token_${string}` | 'auth0_audience_missing'>;

/** A posted provider token proves nothing here; `reason` says why, for the log. */
export class ProviderTokenRefusedError extends SocialAuthError {
  declare readonly code: ProviderTokenErrorCode;
  declare readonly reason: string;
  private explanation: RefusalExplanation | undefined;

  constructor(
    code: ProviderTokenErrorCode,
    reason: string,
    cause?: unknown,
    private readonly detail?: string,
    challenge = 'Bearer realm="sign-in", error="invalid_token"',
  ) {
    super(code, { reason, cause, detail, headers: { 'WWW-Authenticate': challenge } });
  }

  /** Adds what was expected and what came, for where refusals are explained; otherwise it is never built. */
  because(explanation: RefusalExplanation): this {
    this.explanation = explanation;
    return this;
  }

  /** The same refusal, whose answer says why. */
  explained(context: RefusalContext): ProviderTokenRefusedError {
    const why = this.explanation?.(context) ?? `The check that failed: ${this.reason}.`;
    const detail = `${errorCatalogue[this.code].detail} ${why}`;
    return new ProviderTokenRefusedError(this.code, this.reason, this.cause, detail);
  }

  /** The same refusal under another challenge: that of the guard, where the token came as a bearer token. */
  under(challenge: string): ProviderTokenRefusedError {
    return new ProviderTokenRefusedError(this.code, this.reason, this.cause, this.detail, challenge);
  }
}

/** The provider's keys or endpoints cannot be had: an outage, never a verdict on the token. */
export class ProviderUnavailableError extends SocialAuthError {
  constructor(reason: string, cause?: unknown) {
    super('provider_unavailable', { reason, cause, headers: { 'Retry-After': '5' } });
  }
}

/** The database cannot be reached or did not answer in time. */
export class DatabaseUnavailableError extends SocialAuthError {
  constructor(cause?: unknown) {
    super('database_unavailable', { cause, headers: { 'Retry-After': '2' } });
  }
}

/** A limit was reached. */
export class TooManyRequestsError extends SocialAuthError {
  constructor(retryAfterSeconds: number) {
    super('too_many_requests', { headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) } });
  }
}

/** The request clashes with the state of things; nothing was done. */
export class ConflictError extends SocialAuthError {
  constructor(
    code: Extract<ErrorCode, 'identity_in_use' | 'last_identity' | 'token_already_rotated' | 'token_limit_reached'>,
  ) {
    super(code);
  }
}

/** The account exists and may not be used. */
export class AccountDisabledError extends SocialAuthError {
  constructor() {
    super('account_disabled');
  }
}

/** A verified e-mail address is already that of another account. */
export class EmailInUseError extends SocialAuthError {
  /** @param extensions a link ticket, where one was issued. */
  constructor(detail: string, extensions?: Record<string, string | number>) {
    super('email_in_use', { detail, extensions });
  }
}

/** The person is who they say, and may not come in. */
export class SignInForbiddenError extends SocialAuthError {
  constructor(code: Extract<ErrorCode, 'sign_up_disabled' | 'sign_in_not_allowed'>) {
    super(code);
  }
}

/** An identity cannot be linked to the account. */
export class LinkRefusedError extends SocialAuthError {
  constructor(code: Extract<ErrorCode, 'link_ticket_invalid' | 'email_not_verified'>) {
    super(code);
  }
}

/** The guard refuses a request; the challenge tells the client how to authenticate. [RFC 6750 3] */
export class BearerRefusedError extends SocialAuthError {
  constructor(
    code: Extract<
      ErrorCode,
      | 'authentication_required'
      | 'invalid_token'
      | 'invalid_request'
      | 'insufficient_scope'
      | 'insufficient_user_authentication'
      | 'token_exchange_required'
    >,
    challenge: string,
    detail?: string,
  ) {
    super(code, { detail, headers: { 'WWW-Authenticate': challenge } });
  }
}

/** The token of a request has ended since the guard let it in. [RFC 6750 3.1] */
export class TokenEndedError extends SocialAuthError {
  constructor() {
    super('invalid_token', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
  }
}

/** The token of a request was issued elsewhere, where alone it can be ended. */
export class NotRevocableHereError extends SocialAuthError {
  constructor() {
    super('not_revocable_here');
  }
}

/** The account lacks a role; another token would not change that. */
export class RoleRequiredError extends SocialAuthError {
  constructor() {
    super('role_required');
  }
}
