import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { sign } from 'jsonwebtoken';
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { ResourceController } from './resource.controller';
import { CLIENTS, nestApp, serve } from './serve';

// With the secret as a text, as the documentation has it, jsonwebtoken first tries in each request whether it is a public
// key. passport-jwt hands a KeyObject on as it is, although its types do not know that.
const text = randomBytes(32).toString('base64');
const secret = process.env.SECRET_AS_KEY === 'true' ? createSecretKey(Buffer.from(text)) : text;

/** As the documentation of Nest has it: HS256, nothing looked up. */
@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      ignoreExpiration: false,
      secretOrKey: secret as string,
    });
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
