import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import type { ErrorCode } from './error-catalogue';
import { blankProblem, problemDetails, type ProblemDetails } from './problem-details';
import { SocialAuthError } from './social-auth.error';

/** A response as far as both HTTP adapters agree on it. */
interface ProblemResponse {
  status(code: number): ProblemResponse;
  header(name: string, value: string): ProblemResponse;
  send(body: unknown): unknown;
}

const codeByStatus = new Map<number, ErrorCode>([
  [400, 'invalid_request'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [413, 'payload_too_large'],
  [415, 'unsupported_media_type'],
  [429, 'too_many_requests'],
  [500, 'internal_error'],
]);

/**
 * The problem of any error: of one that somebody else throws the status is kept, and nothing of its text is shown; of
 * what is not known, nothing at all.
 */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof SocialAuthError) return error.getResponse() as ProblemDetails;
  const status = statusOf(error) ?? 500;
  const isMeant = status >= 400 && (status < 500 || error instanceof HttpException);
  const code = isMeant ? codeByStatus.get(status) : 'internal_error';
  return code ? problemDetails(code) : blankProblem(status);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's and Express's own errors carry their status.
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

function describe(error: unknown): { name: string; stack?: string; errorCode?: unknown } {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack } = error;
  return { name, stack, errorCode: (error as { code?: unknown }).code };
}

/** Makes application/problem+json of what it catches. [RFC 9457] */
abstract class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('ProblemDetails');

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    // Outside HTTP a caller is told by the stream that a filter returns.
    if (host.getType() !== 'http') return throwError(() => error);
    const problem = problemOf(error);
    if (problem.status >= 500) this.log(error, host);
    const headers = error instanceof SocialAuthError ? error.headers : {};
    const response = host.switchToHttp().getResponse<ProblemResponse>();
    response.status(problem.status).header('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(headers)) response.header(name, value);
    response.header('Content-Type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }

  private log(error: unknown, host: ArgumentsHost): void {
    const { id: requestId } = host.switchToHttp().getRequest<{ id?: unknown }>();
    // Outages have been logged where they were noticed, once and not per request.
    if (error instanceof SocialAuthError) return;
    const { name, stack, errorCode } = describe(error);
    // The stack without its first line: a message may quote values.
    const where = stack?.split('\n    at ').slice(1, 8).join(' < ');
    this.logger.error({ event: 'internal_error', errorName: name, errorCode, where, requestId });
  }
}

/** Answers the errors of this module; the module installs it in every host. */
@Catch(SocialAuthError)
export class SocialAuthErrorFilter extends ProblemFilter {}

/** Answers every error in the same form; for hosts whose own errors shall look the same. */
@Catch()
export class ProblemDetailsFilter extends ProblemFilter {}
