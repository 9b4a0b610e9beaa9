import { HttpException } from '@nestjs/common';
import { errorCatalogue, type ErrorCode } from './error-catalogue';
import { problemDetails } from './problem-details';
import * as errors from './social-auth.error';

const entries = Object.entries(errorCatalogue);

describe('the error catalogue', () => {
  it.each(entries)('%s has a status of its own kind, a short title and a helpful sentence', (code, description) => {
    expect(code).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
    expect(description.status).toBeGreaterThanOrEqual(400);
    expect(description.status).toBeLessThan(600);
    expect(description.title.length).toBeLessThan(60);
    expect(description.title).not.toMatch(/\.$/);
    expect(description.detail).toMatch(/\.$/);
  });

  it('has no two codes that read the same', () => {
    expect(new Set(entries.map(([, { title }]) => title)).size).toBe(entries.length);
    expect(new Set(entries.map(([, { detail }]) => detail)).size).toBe(entries.length);
  });

  it('answers what is wrong with a token as 401 and what is out of order as 503', () => {
    const statusOf = (pattern: RegExp): Set<number> =>
      new Set(entries.filter(([code]) => pattern.test(code)).map(([, { status }]) => status));
    expect(statusOf(/^provider_token_|^invalid_token$|^auth0_/)).toEqual(new Set([401]));
    expect(statusOf(/_unavailable$/)).toEqual(new Set([503]));
  });

  it('makes a problem of a code, with the words of the occurrence where there are any', () => {
    expect(problemDetails('email_in_use')).toEqual({
      type: 'urn:nest-token-exchange:error:email_in_use',
      code: 'email_in_use',
      ...errorCatalogue.email_in_use,
    });
    expect(problemDetails('email_in_use', 'Sign in with Google.').detail).toBe('Sign in with Google.');
  });
});

describe('the errors of the module', () => {
  const samples: errors.SocialAuthError[] = [
    new errors.InvalidRequestError(),
    new errors.InvalidScopeError(),
    new errors.UnsupportedMediaTypeError(),
    new errors.NotFoundError(),
    new errors.ProviderTokenRefusedError('provider_token_expired', 'reason'),
    new errors.ProviderUnavailableError('reason'),
    new errors.DatabaseUnavailableError(),
    new errors.TooManyRequestsError(3),
    new errors.AccountDisabledError(),
    new errors.EmailInUseError('Sign in with Google.'),
    new errors.SignInForbiddenError('sign_up_disabled'),
    new errors.SignInForbiddenError('sign_in_not_allowed'),
    new errors.LinkRefusedError('link_ticket_invalid'),
    new errors.LinkRefusedError('email_not_verified'),
    new errors.ConflictError('identity_in_use'),
    new errors.ConflictError('last_identity'),
    new errors.ConflictError('token_already_rotated'),
    new errors.ConflictError('token_limit_reached'),
    new errors.BearerRefusedError('invalid_token', 'Bearer realm="api"'),
    new errors.BearerRefusedError('insufficient_user_authentication', 'Bearer realm="api"'),
    new errors.BearerRefusedError('token_exchange_required', 'Bearer realm="api"'),
    new errors.TokenEndedError(),
    new errors.NotRevocableHereError(),
    new errors.RoleRequiredError(),
  ];

  it.each(samples.map((error) => [error.constructor.name, error] as const))(
    '%s carries the status of its code, also for a host with a filter of its own',
    (_name, error) => {
      expect(error).toBeInstanceOf(HttpException);
      expect(error.getStatus()).toBe(errorCatalogue[error.code].status);
      expect(error.getResponse()).toMatchObject({ code: error.code, status: error.getStatus() });
    },
  );

  it('challenge with every 401 and say when to come back with every 429 and 503', () => {
    const needed: Partial<Record<number, string>> = { 401: 'WWW-Authenticate', 429: 'Retry-After', 503: 'Retry-After' };
    for (const error of samples) {
      const header = needed[error.getStatus()];
      if (header) expect(error.headers).toHaveProperty(header);
    }
    const statuses = new Set(samples.map((error) => error.getStatus()));
    for (const status of [401, 429, 503]) expect(statuses).toContain(status);
  });

  it('show the same refusal of a provider’s token under the challenge of the guard', () => {
    const refusal = new errors.ProviderTokenRefusedError('provider_token_invalid', 'reason', undefined, 'detail');
    const shown = refusal.under('Bearer realm="api", error="invalid_token"');
    expect(shown.getResponse()).toEqual(refusal.getResponse());
    expect([shown.code, shown.reason]).toEqual([refusal.code, refusal.reason]);
    expect(shown.headers).toEqual({ 'WWW-Authenticate': 'Bearer realm="api", error="invalid_token"' });
  });

  it('keep their cause', () => {
    const cause = new Error('of a driver');
    expect(new errors.DatabaseUnavailableError(cause).cause).toBe(cause);
    expect(new errors.ProviderTokenRefusedError('provider_token_invalid', 'reason', cause).cause).toBe(cause);
  });

  it('have a class for each code that the module throws itself', () => {
    const codes = new Set<ErrorCode>(samples.map(({ code }) => code));
    const ofTheHost: ErrorCode[] = ['method_not_allowed', 'payload_too_large', 'internal_error'];
    const ofOneClass = /^provider_token_|^auth0_|^authentication_required$|^insufficient_scope$/;
    for (const [code] of entries) {
      if (ofOneClass.test(code) || ofTheHost.includes(code as ErrorCode)) continue;
      expect(codes).toContain(code);
    }
  });
});
