import { HttpStatus, MethodNotAllowedException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { pathOf } from '../logging/path-of';

/** The routes of the server, to tell an unknown address from an unknown method. */
export class RouteTable {
  private readonly methodsByPattern = new Map<string, Set<string>>();

  add(pattern: string, methods: readonly string[]): void {
    const known = this.methodsByPattern.get(pattern) ?? new Set();
    methods.forEach((method) => known.add(method));
    this.methodsByPattern.set(pattern, known);
  }

  /** The methods that exist at a path. */
  methodsAt(path: string): string[] {
    const found = [...this.methodsByPattern].filter(([pattern]) => matches(pattern, path));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
  }
}

/** Answers 405 with `Allow` where the path exists for other methods. */
export function refuseUnknownMethods(fastify: FastifyInstance): void {
  const routes = new RouteTable();
  fastify.addHook('onRoute', ({ url, method }) => routes.add(url, [method].flat()));
  fastify.addHook('onRequest', (request, reply, done) => {
    const allowed = request.is404 ? routes.methodsAt(pathOf(request.raw.url ?? '')) : [];
    if (allowed.length === 0) return done();
    reply.header('allow', allowed.join(', '));
    done(new MethodNotAllowedException(undefined, { description: String(HttpStatus.METHOD_NOT_ALLOWED) }));
  });
}

function matches(pattern: string, path: string): boolean {
  if (pattern === '*') return false;
  const expected = pattern.split('/');
  const actual = path.split('/');
  return (
    expected.length === actual.length &&
    expected.every((part, at) => (part.startsWith(':') ? actual[at] !== '' : part === actual[at]))
  );
}
