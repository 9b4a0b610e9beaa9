import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import type { Environment } from '../../../src/app/settings/environment';
import { buildBackend } from '../../support/backend-build';
import { BuiltApp } from '../../support/built-app';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { testEnvironment } from '../../support/test-environment';
import { Balancer } from './balancer';
import type { MachinePrograms } from './machine-programs';
import { Pooler } from './pooler';
import { PostgresPair } from './postgres-pair';
import { RedisForAll } from './redis-for-all';
import { visit, type Visit, type VisitAnswer } from './visitor';

const BACKENDS = 2;
const READY_MS = 150_000;

/** How many sign-ins an address may try in a minute here. */
export const SIGN_INS_PER_MINUTE = 30;

/** What compose.scale.yaml describes, as processes of this machine. */
export class Machines {
  readonly backends: BuiltApp[] = [];
  private readonly ports: number[] = [];
  private readonly started: { stop(): Promise<unknown> }[] = [];
  private isOneOut = false;
  private parts?: {
    idp: DemoIdentityProvider;
    postgres: PostgresPair;
    redis: RedisForAll;
    balancer: Balancer;
    environment: Environment;
  };

  /** Starts everything; the backends at once, on a database without tables. */
  async start(programs: MachinePrograms): Promise<void> {
    const idp = await this.keep(DemoIdentityProvider.start());
    const postgres = await this.keep(PostgresPair.start(programs));
    const pooler = await this.keep(Pooler.start(programs, postgres));
    const redis = await this.keep(RedisForAll.start(programs));
    const environment = {
      ...testEnvironment(idp, pooler.url),
      LOG_LEVEL: 'info',
      DATABASE_DIRECT_URL: postgres.ownerUrl,
      DATABASE_PREPARED: String(programs.pooler.knowsStatements),
      MIGRATE_ON_START: 'true',
      REDIS_URL: redis.url,
      RATE_LIMIT_SIGN_IN: String(SIGN_INS_PER_MINUTE),
      TRUSTED_PROXIES: '127.0.0.1',
    };
    // Once, before several want it at the same time.
    await buildBackend();
    while (this.ports.length < BACKENDS) this.ports.push(await freePort());
    this.backends.push(...(await Promise.all(this.ports.map((port) => startBackend(environment, port)))));
    const balancer = await this.keep(Balancer.start(programs, this.ports));
    this.parts = { idp, postgres, redis, balancer, environment };
  }

  async stop(): Promise<void> {
    await BuiltApp.killAll();
    for (const part of this.started.reverse()) await part.stop();
  }

  get postgres(): PostgresPair {
    return this.all.postgres;
  }

  get redis(): RedisForAll {
    return this.all.redis;
  }

  /** Where visitors find the service. */
  get url(): string {
    return this.all.balancer.url;
  }

  /** A request through the load balancer. */
  visit(path: string, wish?: Visit): Promise<VisitAnswer> {
    return visit(this.url + path, wish);
  }

  /** A request to one backend, past the load balancer. */
  at(backend: number, path: string, wish?: Visit): Promise<VisitAnswer> {
    return visit(this.backend(backend).url + path, wish);
  }

  backend(index: number): BuiltApp {
    const backend = this.backends[index];
    if (!backend) throw new Error(`There is no backend ${index}.`);
    return backend;
  }

  /** Signs a person in through the load balancer and yields the token. */
  async signIn(person: string, from?: string): Promise<string> {
    const { idToken } = await this.all.idp.google.issue(person);
    const { status, body } = await this.visit('/auth/google', { json: { id_token: idToken }, from });
    if (status !== 200) throw new Error(`The answer to the sign-in was ${status}: ${JSON.stringify(body)}`);
    return body.token;
  }

  /** Starts a backend again where it was. */
  async restart(index: number): Promise<void> {
    this.backends[index] = await startBackend(this.all.environment, this.ports[index] ?? 0);
  }

  /** Starts again, and takes back, what an earlier test has left out, so that each test stands for itself. */
  async mend(): Promise<void> {
    for (const [index, { process }] of this.backends.entries()) {
      if (process.exitCode !== null || process.signalCode !== null) await this.restart(index);
    }
    if (this.isOneOut) await this.takeBack();
  }

  /** Takes a backend out of the load balancer. */
  async takeOut(index: number): Promise<void> {
    this.isOneOut = true;
    await this.all.balancer.use(this.ports.filter((_, other) => other !== index));
  }

  /** Balances over all backends again. */
  async takeBack(): Promise<void> {
    await this.all.balancer.use(this.ports);
    this.isOneOut = false;
  }

  private get all(): NonNullable<Machines['parts']> {
    if (!this.parts) throw new Error('The machines have not started.');
    return this.parts;
  }

  private async keep<Part extends { stop(): Promise<unknown> }>(starting: Promise<Part>): Promise<Part> {
    const part = await starting;
    this.started.push(part);
    return part;
  }
}

/** With more patience than others have: the machine is busy with all the rest of the set-up. */
async function startBackend(environment: Environment, port: number): Promise<BuiltApp> {
  const backend = await BuiltApp.launch({ ...environment, PORT: String(port) });
  try {
    await eventually(async () => expect((await backend.api('/health/ready')).status).toBe(200), READY_MS, 250);
  } catch (error) {
    await backend.stop('SIGKILL');
    throw new Error(`The backend did not become ready:\n${backend.output}`, { cause: error });
  }
  return backend;
}
