import { HttpException } from '@nestjs/common';
import type { ErrorCode } from './error-catalogue';
import { problemDetails } from './problem-details';

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
    { detail, reason, cause, headers = {} }: SocialAuthErrorOptions = {},
  ) {
    const problem = problemDetails(code, detail);
    super(problem, problem.status, { cause });
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
  constructor(code: ProviderTokenErrorCode, reason: string, cause?: unknown) {
    super(code, { reason, cause, headers: { 'WWW-Authenticate': 'Bearer realm="sign-in", error="invalid_token"' } });
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

/** The account exists and may not be used. */
export class AccountDisabledError extends SocialAuthError {
  constructor() {
    super('account_disabled');
  }
}

/** A verified e-mail address is already that of another account. */
export class EmailInUseError extends SocialAuthError {
  constructor(detail: string) {
    super('email_in_use', { detail });
  }
}

/** The guard refuses a request; the challenge tells the client how to authenticate. [RFC 6750 3] */
export class BearerRefusedError extends SocialAuthError {
  constructor(
    code: Extract<ErrorCode, 'authentication_required' | 'invalid_token' | 'invalid_request' | 'insufficient_scope'>,
    challenge: string,
    detail?: string,
  ) {
    super(code, { detail, headers: { 'WWW-Authenticate': challenge } });
  }
}
