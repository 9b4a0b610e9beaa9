import { ValidationPipe, type ArgumentMetadata, type Type, type ValidationError } from '@nestjs/common';
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

  /** The body as an object of its class; for code that is no parameter of a handler. */
  async parse<Body extends object>(type: Type<Body>, body: unknown): Promise<Body> {
    return (await this.transform(body, { type: 'body', metatype: type })) as Body;
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!isObject(value) || !isFlat(value)) {
      const isQuery = metadata.type === 'query';
      throw new InvalidRequestError(isQuery ? 'The query must be flat.' : 'The body must be a flat JSON object.');
    }
    const sent = Object.keys(value);
    const body = (await super.transform(value, metadata)) as object;
    // Names that every object inherits (`toString`, `constructor`) are dropped before they could be found unknown.
    if (sent.some((name) => !Object.hasOwn(body, name))) throw new InvalidRequestError(UNKNOWN_FIELD);
    return body;
  }
}

/** Validates the query of an address alike. */
export class ValidatedQuery extends ValidatedBody {}
