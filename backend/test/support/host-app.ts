import type { INestApplication, ModuleMetadata, Provider, Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import {
  auth0,
  Clock,
  google,
  socialAuthEntities,
  socialAuthMigrations,
  SocialAuthModule,
  type ProviderDefinition,
  type SocialAuthExtras,
  type SocialAuthOptions,
} from '../../src/social-auth';

/** What a host application brings along. */
export interface HostSetup {
  adapter: 'fastify' | 'express';
  /** Address of an empty database. */
  database: string;
  idp: DemoIdentityProvider;
  /** Further modules of the host. */
  imports?: ModuleMetadata['imports'];
  controllers?: Type[];
  /** The host's own, its guards for instance. */
  providers?: Provider[];
  /** What else of the module's wiring differs from the usual. */
  extras?: Pick<SocialAuthExtras, 'globalGuard' | 'isGlobal'>;
  /** Beside Google and Auth0. */
  moreProviders?: ProviderDefinition[];
  /** Laid over the usual options. */
  options?: Partial<SocialAuthOptions>;
  /** In place of the machine's. */
  clock?: Clock;
}

/** A plain Nest application of somebody else that imports the module and does nothing about it. */
export interface HostApp {
  url: string;
  app: INestApplication;
  dataSource: DataSource;
  stop(): Promise<void>;
}

/** The settings of both providers at their demo twins. */
export function twinSettings(idp: DemoIdentityProvider): Record<string, object> {
  return {
    google: {
      clientIds: [idp.google.clientId, idp.google.mobileClientId],
      issuers: [idp.google.issuer],
      jwksUri: idp.google.jwksUri,
      tokeninfoUri: idp.google.tokeninfoUri,
      userinfoUri: idp.google.userinfoUri,
    },
    auth0: {
      domain: `127.0.0.1:${idp.port}`,
      clientIds: [idp.auth0.clientId, idp.auth0.mobileClientId],
      audience: idp.auth0.audience,
      issuers: [idp.auth0.issuer],
      jwksUri: idp.auth0.jwksUri,
      claimsNamespace: 'https://example.com/',
    },
  };
}

const poolSizeOf = (address: string): number => Number(new URL(address).searchParams.get('pool_max') ?? 10);

function databaseModule(address: string): ReturnType<typeof TypeOrmModule.forRoot> {
  const url = new URL(address);
  url.searchParams.delete('pool_max');
  return TypeOrmModule.forRoot({
    type: 'postgres',
    url: url.href,
    poolSize: poolSizeOf(address),
    installExtensions: false,
    entities: socialAuthEntities,
    migrations: socialAuthMigrations,
    migrationsRun: true,
    retryAttempts: 0,
  });
}

/** Starts a host application on a free port of loopback. */
export async function startHostApp(setup: HostSetup): Promise<HostApp> {
  const {
    adapter,
    database,
    idp,
    imports = [],
    controllers = [],
    providers = [],
    moreProviders = [],
    options = {},
  } = setup;
  const building = Test.createTestingModule({
    imports: [
      ...imports,
      databaseModule(database),
      SocialAuthModule.forRoot({
        ...setup.extras,
        providers: [google, auth0, ...moreProviders],
        tokens: { hmacKeys: [{ id: 'test', key: randomBytes(32) }] },
        // The one session of the embedded database keeps the prepared statements of connections that are gone.
        preparedStatements: poolSizeOf(database) > 1,
        ...options,
        providerSettings: { ...twinSettings(idp), ...options.providerSettings },
      }),
    ],
    controllers,
    providers,
  });
  if (setup.clock) building.overrideProvider(Clock).useValue(setup.clock);
  const module = await building.compile();
  const app = module.createNestApplication(adapter === 'fastify' ? new FastifyAdapter() : new ExpressAdapter(), {
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), app, dataSource: app.get(DataSource), stop: () => app.close() };
}
