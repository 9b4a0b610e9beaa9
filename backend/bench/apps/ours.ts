import 'reflect-metadata';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  AccountsService,
  SocialAuthModule,
  socialAuthEntities,
  socialAuthMigrations,
  type ProviderDefinition,
  type SocialAuthExtras,
  type SocialAuthOptions,
} from 'nest-token-exchange';
import { randomBytes } from 'node:crypto';
import { CLIENTS, nestApp, setting } from './serve';

/** An application with the module in it, as a host writes it: defaults, but for what the benchmark is about. */
export async function oursApp(
  providers: ProviderDefinition[],
  options: Pick<SocialAuthOptions, 'providerSettings' | 'revocation'>,
  controllers: Type[] = [],
): Promise<NestFastifyApplication> {
  const module: DynamicModule = SocialAuthModule.forRoot({
    providers,
    tokens: { hmacKeys: [{ id: 'bench', key: hmacKey() }], ...cacheOptions() },
    ...options,
  } satisfies SocialAuthOptions & SocialAuthExtras);
  const database = TypeOrmModule.forRoot({
    type: 'postgres',
    url: setting('DATABASE_URL'),
    installExtensions: false,
    entities: [...socialAuthEntities],
    migrations: [...socialAuthMigrations],
    migrationsRun: true,
  });
  return nestApp({ imports: [database, module], controllers });
}

/** Replicas share theirs. */
function hmacKey(): Buffer {
  const key = process.env.HMAC_KEY;
  return key === undefined ? randomBytes(32) : Buffer.from(key, 'hex');
}

/** The module's defaults, unless the cache is what is measured. */
function cacheOptions(): { cache?: { size?: number; seconds?: number } } {
  const { TOKEN_CACHE_SIZE: size, TOKEN_CACHE_SECONDS: seconds } = process.env;
  const cache = { ...(size && { size: Number(size) }), ...(seconds && { seconds: Number(seconds) }) };
  return Object.keys(cache).length === 0 ? {} : { cache };
}

/** One signed-in person for each connection of the load. */
export async function signedInClients(app: NestFastifyApplication): Promise<Record<string, string>[]> {
  const accounts = app.get(AccountsService, { strict: false });
  const clients: Record<string, string>[] = [];
  for (let client = 0; client < CLIENTS; client++) {
    const now = Date.now();
    const identity = {
      provider: 'google',
      issuer: 'https://accounts.google.com',
      subject: `1000000000000000${client}`,
    };
    const { issued } = await accounts.signIn(
      {
        identity: { ...identity, emailVerified: true, email: `person${client}@example.com`, name: `Person ${client}` },
        kind: 'id_token',
        clientId: 'bench',
        issuedAt: new Date(now - 1000),
        expiresAt: new Date(now + 3_600_000),
      },
      { requestId: undefined, address: '127.0.0.1', userAgent: 'bench' },
    );
    clients.push({ authorization: `Bearer ${issued.token}` });
  }
  return clients;
}
