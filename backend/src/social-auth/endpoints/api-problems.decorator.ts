import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { errorCatalogue, type ErrorCode } from '../errors/error-catalogue';
import { problemDetails } from '../errors/problem-details';

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

function ofOneStatus(status: number, codes: readonly ErrorCode[]): MethodDecorator & ClassDecorator {
  const examples = Object.fromEntries(codes.map((code) => [code, { value: problemDetails(code) }]));
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].title}`).join('; '),
    content: { 'application/problem+json': { schema: SCHEMA, examples } },
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
