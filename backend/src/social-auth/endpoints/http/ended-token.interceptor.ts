import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { TokenEndedError } from '../../errors/social-auth.error';
import { BearerRefusals } from '../../guard/bearer-refusals';
import { GUARD_SETTINGS, type GuardSettings } from '../../guard/guard-settings';

/** Answers a token that ends behind the guard as the guard answers one that has ended before it. */
@Injectable()
export class EndedTokenInterceptor implements NestInterceptor {
  private readonly refusals: BearerRefusals;

  constructor(@Inject(GUARD_SETTINGS) settings: GuardSettings) {
    this.refusals = new BearerRefusals(settings);
  }

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        throw error instanceof TokenEndedError ? this.refusals.refused({ error: 'invalid_token' }) : error;
      }),
    );
  }
}
