import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { validate, type ValidationError, type ValidatorOptions } from 'class-validator';
import { InvalidRequestError } from '../../errors/social-auth.error';

// The name of an unknown field is the client's own text: it is not repeated.
const UNKNOWN_FIELD = 'There is a field that is not known here.';

const constraintsOf = (errors: readonly ValidationError[]): string[] =>
  errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((constraint) => `${constraint}.`),
    ...constraintsOf(error.children ?? []),
  ]);

/** Names what is wrong with a body or a query, never its values. */
const invalid = (errors: ValidationError[]): InvalidRequestError => {
  const known = errors.filter((error) => !error.constraints?.whitelistValidation);
  const unknown = known.length < errors.length ? [UNKNOWN_FIELD] : [];
  const faults = [...constraintsOf(known), ...unknown];
  return new InvalidRequestError(faults.length > 0 ? faults.join(' ') : undefined);
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a body is an object of plain values and lists of such: what validates it calls itself once a level. */
const isFlat = (body: object): boolean =>
  !Array.isArray(body) &&
  Object.values(body).every((value) => !isObject(value) || (Array.isArray(value) && !value.some(isObject)));

const RULES: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

/**
 * Validates a body by the class-validator decorators of its class; fields without one are refused. Values stay as they
 * were sent: nothing is converted, so that Nest's own pipe, which copies each body twice for that, is not needed.
 */
export class ValidatedBody implements PipeTransform<unknown, Promise<object>> {
  /** The body as an object of its class; for code that is no parameter of a handler. */
  parse<Body extends object>(type: Type<Body>, body: unknown): Promise<Body> {
    return validated(type, body, 'The body must be a flat JSON object.');
  }

  transform(value: unknown, { metatype = Object }: ArgumentMetadata): Promise<object> {
    return this.parse(metatype as Type<object>, value);
  }
}

/** Validates the query of an address alike. */
export class ValidatedQuery implements PipeTransform<unknown, Promise<object>> {
  transform(value: unknown, { metatype = Object }: ArgumentMetadata): Promise<object> {
    return validated(metatype as Type<object>, value, 'The query must be flat.');
  }
}

/** @throws InvalidRequestError */
async function validated<Fields extends object>(type: Type<Fields>, sent: unknown, fault: string): Promise<Fields> {
  if (!isObject(sent) || !isFlat(sent)) throw new InvalidRequestError(fault);
  // What the class inherits is no field: class-validator takes `hasOwnProperty` for a rule, and a setter would be called.
  if (Object.keys(sent).some((name) => name in type.prototype)) throw new InvalidRequestError(UNKNOWN_FIELD);
  const fields = Object.assign(new type(), sent);
  const errors = await validate(fields, RULES);
  if (errors.length > 0) throw invalid(errors);
  return fields;
}
