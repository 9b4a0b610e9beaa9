import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import {
  AccountsService,
  google,
  SocialAuthDatabase,
  SocialAuthModule,
  socialAuthEntities,
} from '../../src/social-auth';
import { Purge } from '../../src/social-auth/database/purge';
import { PURGE_RULES, type PurgeRule } from '../../src/social-auth/database/purge-rule';
import type { GrownDatabase } from './grown-database';
import { anySubject, ISSUER, pictureOf } from './population';

const HOUR_MS = 3_600_000;

/** The module on a grown database, without HTTP. */
export class GrownHost {
  private constructor(
    private readonly app: INestApplicationContext,
    private readonly tokens: number,
  ) {}

  static async start({ url, tokens }: GrownDatabase): Promise<GrownHost> {
    const module = SocialAuthModule.forRoot({
      providers: [google],
      providerSettings: { google: { clientIds: ['growth'] } },
      tokens: { hmacKeys: [{ id: 'growth', key: randomBytes(32) }] },
      backgroundJobs: false,
    });
    const database = TypeOrmModule.forRoot({
      type: 'postgres',
      url,
      installExtensions: false,
      entities: [...socialAuthEntities],
    });
    const app = await NestFactory.createApplicationContext(
      { module: Root, imports: [database, module] },
      {
        logger: ['error'],
      },
    );
    return new GrownHost(app, tokens);
  }

  /** Somebody who has an account signs in once more. */
  async signIn(): Promise<void> {
    const now = Date.now();
    const subject = anySubject(this.tokens);
    const number = subject.slice(1);
    await this.app.get(AccountsService, { strict: false }).signIn(
      {
        identity: {
          provider: 'google',
          issuer: ISSUER,
          subject,
          email: `person${number}@example.com`,
          emailVerified: true,
          emailAuthoritative: true,
          name: `Person ${number}`,
          picture: pictureOf(number),
        },
        kind: 'id_token',
        clientId: 'growth',
        issuedAt: new Date(now - 1_000),
        expiresAt: new Date(now + HOUR_MS),
      },
      { requestId: undefined, address: '127.0.0.1', userAgent: 'growth' },
    );
  }

  /** Purges as the module does until it is told to stop. */
  startPurge(): { stop: () => Promise<void> } {
    const rules = this.app.get<PurgeRule[]>(PURGE_RULES, { strict: false });
    const purge = new Purge(this.app.get(SocialAuthDatabase, { strict: false }), rules, false);
    const run = purge.run();
    return {
      stop: async () => {
        await purge.beforeApplicationShutdown();
        await run;
      },
    };
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}

class Root {}
