import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { sign } from 'jsonwebtoken';
import { randomBytes, randomUUID } from 'node:crypto';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { ResourceController } from './resource.controller';
import { CLIENTS, nestApp, serve } from './serve';

const secret = randomBytes(32).toString('base64');

/** As the documentation of Nest has it: HS256, nothing looked up. */
@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), ignoreExpiration: false, secretOrKey: secret });
  }

  validate({ sub, username }: { sub: string; username: string }): object {
    return { userId: sub, username };
  }
}

@Injectable()
class JwtAuthGuard extends AuthGuard('jwt') {}

/** Tokens that cannot be revoked, behind the stock guard of @nestjs/passport. */
async function start(): Promise<void> {
  const app = await nestApp({
    controllers: [ResourceController],
    providers: [JwtStrategy, { provide: APP_GUARD, useClass: JwtAuthGuard }],
  });
  const clients = Array.from({ length: CLIENTS }, (_, client) => ({
    authorization: `Bearer ${sign({ sub: randomUUID(), username: `person${client}` }, secret, { expiresIn: '1h' })}`,
  }));
  await serve(app, clients);
}

void start();
