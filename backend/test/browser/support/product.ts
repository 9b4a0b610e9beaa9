import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { buildBackend } from '../../support/backend-build';
import { repository } from '../../support/build-once';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { TetheredProcess } from '../../support/tethered-process';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { DeafProxy } from './deaf-proxy';
import { buildFrontend } from './frontend-build';
import { backendEnvironment, frontendEnvironment, type ProductAddresses } from './product-environment';

/** How a product is to run. */
export interface ProductOptions {
  /** Further variables of both sides. */
  readonly variables?: (identityProvider: DemoIdentityProvider) => Readonly<Record<string, string>>;
  /** `EXPOSE_API_TOKEN` of the frontend. */
  readonly exposeApiToken?: boolean;
  /** `TOKEN_TTL_SECONDS` of the backend. */
  readonly tokenTtlSeconds?: number;
  /** `FRESH_SIGN_IN_SECONDS` of the backend. */
  readonly freshSignInSeconds?: number;
  /** `RATE_LIMIT_SIGN_IN` of the backend; off by default. */
  readonly signInsPerMinute?: number;
  /** `TRUST_PROXY_HOPS` of the frontend. */
  readonly trustedProxyHops?: number;
  /** A path of the backend from which the frontend never gets an answer. */
  readonly unansweredPath?: string;
}

const START_MS = 60_000;

/** The built backend and frontend as processes of their own, with a demo identity provider and an empty database. */
export class Product {
  private readonly processes: TetheredProcess[] = [];
  private backend?: TetheredProcess;
  private deafProxy?: DeafProxy;

  private constructor(
    readonly addresses: ProductAddresses,
    readonly identityProvider: DemoIdentityProvider,
    private readonly database: TestDatabase,
    private readonly options: ProductOptions,
    private readonly directories: { readonly backend: string; readonly data: string },
  ) {}

  /** Builds and starts everything, and waits until it answers. */
  static async start(options: ProductOptions): Promise<Product> {
    await buildFrontend();
    const directories = { backend: await buildBackend(), data: mkdtempSync(join(tmpdir(), 'browser-suite-')) };
    const site = `http://localhost:${await freePort()}`;
    const backend = `http://127.0.0.1:${await freePort()}`;
    const identityProvider = await DemoIdentityProvider.start({ redirectOrigins: [site] });
    const database = await createTestDatabase();
    const product = new Product({ site, backend }, identityProvider, database, options, directories);
    try {
      await Promise.all([product.startBackend(), product.startFrontend()]);
      return product;
    } catch (error) {
      await product.stop();
      throw error;
    }
  }

  /** Everything that backend and frontend have written to their outputs. */
  get log(): string {
    return this.processes.map(({ output }) => output).join('\n');
  }

  /** How many requests of the frontend to `unansweredPath` there were. */
  get unanswered(): number {
    return this.deafProxy?.unanswered ?? 0;
  }

  /** Starts the backend, again after `stopBackend`. */
  async startBackend(): Promise<void> {
    const { tokenTtlSeconds = 86_400, freshSignInSeconds = 600, signInsPerMinute = 0 } = this.options;
    const env = {
      ...backendEnvironment(this.addresses, this.identityProvider),
      ...this.options.variables?.(this.identityProvider),
      DATABASE_URL: this.database.url,
      DATA_DIR: this.directories.data,
      TOKEN_TTL_SECONDS: String(tokenTtlSeconds),
      FRESH_SIGN_IN_SECONDS: String(freshSignInSeconds),
      RATE_LIMIT_SIGN_IN: String(signInsPerMinute),
    };
    this.backend = this.run(join(this.directories.backend, 'src/app/main.js'), repository, env);
    await untilHealthy(this.backend, `${this.addresses.backend}/health/ready`);
  }

  /** Stops the backend alone, as an outage would. */
  async stopBackend(): Promise<void> {
    await this.backend?.stop();
  }

  /** Stops everything and removes what it kept. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((running) => running.stop()));
    this.deafProxy?.stop();
    await this.identityProvider.stop();
    await this.database.stop();
    rmSync(this.directories.data, { recursive: true, force: true });
  }

  private async startFrontend(): Promise<void> {
    const { exposeApiToken = false, trustedProxyHops = 0, unansweredPath } = this.options;
    if (unansweredPath) this.deafProxy = await DeafProxy.start(this.addresses.backend, unansweredPath);
    const env = {
      ...frontendEnvironment(this.addresses, this.identityProvider),
      ...this.options.variables?.(this.identityProvider),
      ...(this.deafProxy && { BACKEND_URL: this.deafProxy.url }),
      EXPOSE_API_TOKEN: String(exposeApiToken),
      TRUST_PROXY_HOPS: String(trustedProxyHops),
    };
    const frontend = this.run(join(repository, 'frontend/server.mjs'), join(repository, 'frontend'), env);
    await untilHealthy(frontend, `${this.addresses.site}/health/live`);
  }

  private run(script: string, cwd: string, env: NodeJS.ProcessEnv): TetheredProcess {
    const started = TetheredProcess.start([process.execPath, script], 'TERM', { cwd, env });
    this.processes.push(started);
    return started;
  }
}

async function untilHealthy(service: TetheredProcess, address: string): Promise<void> {
  await eventually(async () => {
    const { status } = await fetch(address).catch(() => ({ status: 'nothing' }));
    if (status !== 200) throw new Error(`${address} answers ${status}. Output:\n${service.output}`);
  }, START_MS);
}
