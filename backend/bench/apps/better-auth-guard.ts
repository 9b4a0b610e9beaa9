import 'reflect-metadata';
import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyRequest } from 'fastify';
import { createAuth } from './better-auth';
import { ResourceController } from './resource.controller';
import { CLIENTS, nestApp, serve } from './serve';

type Auth = Awaited<ReturnType<typeof createAuth>>;

/** As its guides for Nest have it: `getSession` on the headers of the request. */
const sessionGuard = (auth: Auth) => {
  @Injectable()
  class SessionGuard implements CanActivate {
    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<FastifyRequest & { user?: object }>();
      const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
      if (!session) throw new UnauthorizedException();
      request.user = session.user;
      return true;
    }
  }
  return SessionGuard;
};

async function seed(auth: Auth): Promise<Record<string, string>[]> {
  const clients: Record<string, string>[] = [];
  for (let client = 0; client < CLIENTS; client++) {
    const { headers } = await auth.api.signUpEmail({
      body: { name: `Person ${client}`, email: `person${client}@example.com`, password: 'a long enough password' },
      returnHeaders: true,
    });
    const cookies = headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
    clients.push({ cookie: cookies.join('; ') });
  }
  return clients;
}

/** Sessions in the database, with the cookie cache or without. */
async function start(): Promise<void> {
  const auth = await createAuth();
  const app = await nestApp({
    controllers: [ResourceController],
    providers: [{ provide: APP_GUARD, useClass: sessionGuard(auth) }],
  });
  await serve(app, await seed(auth));
}

void start();
