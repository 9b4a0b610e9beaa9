import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { errorCatalogue, type ErrorCode } from '../../errors/error-catalogue';
import { problemDetails } from '../../errors/problem-details';

const SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
  },
};

type Members = Record<string, { type: string; description?: string; example?: unknown }>;

/** Further members of some problems, by code; each is there at times. */
const EXTENSIONS: Partial<Record<ErrorCode, Members>> = {
  email_in_use: {
    link_ticket: {
      type: 'string',
      description: 'What POST /auth/link takes, with a token of the account that holds the address.',
      example: 'Vx0m3hZ9…',
    },
    link_ticket_expires_in: { type: 'integer', description: 'Seconds from now.', example: 600 },
  },
};

const exampleOf = (code: ErrorCode): object => ({
  ...problemDetails(code),
  ...Object.fromEntries(Object.entries(EXTENSIONS[code] ?? {}).map(([name, { example }]) => [name, example])),
});

function ofOneStatus(status: number, codes: readonly ErrorCode[]): MethodDecorator & ClassDecorator {
  const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]));
  const extensions = codes.map((code) => EXTENSIONS[code] ?? {});
  const schema = { ...SCHEMA, properties: Object.assign({}, SCHEMA.properties, ...extensions) as Members };
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].title}`).join('; '),
    content: { 'application/problem+json': { schema, examples } },
  });
}

/** Documents the errors that a handler may answer with, by their codes. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const statuses = [...new Set(codes.map((code) => errorCatalogue[code].status))];
  return applyDecorators(
    ...statuses.map((status) =>
      ofOneStatus(
        status,
        codes.filter((code) => errorCatalogue[code].status === status),
      ),
    ),
  );
}

/** Documents that a handler wants a token, and what the guard answers without a valid one. */
export const ApiGuarded = (...codes: ErrorCode[]): MethodDecorator & ClassDecorator =>
  ApiProblems(
    'invalid_request',
    'authentication_required',
    'invalid_token',
    'insufficient_scope',
    'database_unavailable',
    ...codes,
  );
