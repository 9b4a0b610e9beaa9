import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequestError } from '../errors/social-auth.error';

const constraintsOf = (errors: readonly ValidationError[]): string[] =>
  errors.flatMap((error) => [...Object.values(error.constraints ?? {}), ...constraintsOf(error.children ?? [])]);

/** Names what is wrong with a body, never its values. */
const invalid = (errors: ValidationError[]): InvalidRequestError => {
  const known = errors.filter((error) => !error.constraints?.whitelistValidation);
  // The name of an unknown field is the client's own text: it is not repeated.
  const unknown = known.length < errors.length ? ['the body has a field that is not known here'] : [];
  const faults = [...constraintsOf(known), ...unknown];
  return new InvalidRequestError(faults.length > 0 ? `${faults.join('; ')}.` : undefined);
};

/** Validates a body by the class-validator decorators of its class; fields without one are refused. */
export class ValidatedBody extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: invalid,
    });
  }
}
