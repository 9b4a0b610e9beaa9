import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LegacyFlow } from '../demo-identity-provider/oidc/legacy-flows';
import type { TwinName } from '../demo-identity-provider/twins/issuer-twin';
import { EmbeddedDatabase } from '../embedded-database';
import { NodeProcess } from '../processes/node-process';
import { Addresses, addressesOf, portOf, valueOf } from './addresses';
import { backendEnvironment, EnvironmentParts, frontendEnvironment } from './child-environments';
import { DataDirectory, dataDirectoryOf } from './data-directory';
import { checkDatabase } from './database-check';
import { checkWholeProviders, demoIssuerNames, demoLegacyFlows, startDemoIssuers } from './demo-issuers';
import { demoSecrets } from './demo-secrets';
import { buildFrontend, frontendNeedsBuild } from './frontend-build';
import { untilHealthy } from './health';
import { LaunchError } from './launch.error';
import { checkPorts } from './ports';
import { repository } from './repository';
import { Steps } from './steps';

/** Everything that a newcomer needs, started in order: each part on what stands before it. */
export class Demo {
  private readonly addresses: Addresses;
  private readonly issuers: TwinName[];
  private readonly legacyFlows: LegacyFlow[];
  private readonly issuerPort: number;
  private readonly data: DataDirectory;

  constructor(
    private readonly given: NodeJS.ProcessEnv,
    private readonly steps: Steps,
  ) {
    this.addresses = addressesOf(given);
    this.issuers = demoIssuerNames(given);
    this.legacyFlows = demoLegacyFlows(given);
    this.issuerPort = portOf(given, 'DEMO_ISSUER_PORT', 3_002);
    this.data = dataDirectoryOf(given);
  }

  /** Starts all of it, and says where it is. */
  async start(): Promise<void> {
    await this.check();
    this.data.prepare();
    const secrets = demoSecrets(join(this.data.path, 'demo-secrets.json'));
    if (frontendNeedsBuild())
      await this.steps.run('Building the frontend (half a minute, the first time only)', buildFrontend);
    const databaseUrl = valueOf(this.given, 'DATABASE_URL') ?? (await this.startDatabase());
    const issuers = this.issuers.length > 0 ? await this.startIssuers(secrets) : {};
    const { given, addresses } = this;
    const parts = { given, issuers, addresses, secrets, databaseUrl, dataDirectory: this.data.path };
    await this.steps.run('Starting the backend', () => this.startBackend(parts));
    await this.steps.run('Starting the frontend', () => this.startFrontend(parts));
    this.sayWhere(issuers);
  }

  private async check(): Promise<void> {
    if (this.given.NODE_ENV === 'production')
      throw new LaunchError(
        'npm start is a demo: with NODE_ENV=production use npm run start:backend and start:frontend.',
      );
    if (!existsSync(repository.frontendProgram))
      throw new LaunchError('frontend/server.mjs is missing: get it back with `git checkout -- frontend`.');
    checkWholeProviders(this.given);
    const { frontend, backend } = this.addresses;
    const databaseUrl = valueOf(this.given, 'DATABASE_URL');
    if (databaseUrl !== undefined) await checkDatabase(databaseUrl);
    await checkPorts([
      { port: Number(frontend.port), who: 'frontend', mend: 'set NEXTAUTH_URL=http://localhost:<another port>' },
      { port: Number(backend.port), who: 'backend', mend: 'set PORT=<another port>' },
      ...(this.issuers.length > 0
        ? [{ port: this.issuerPort, who: 'demo identity provider', mend: 'set DEMO_ISSUER_PORT=<another port>' }]
        : []),
    ]);
  }

  private async startDatabase(): Promise<string> {
    const dataDir = this.data.path;
    return (await this.steps.run('Starting the embedded database', () => EmbeddedDatabase.start({ dataDir }))).url;
  }

  private async startIssuers(secrets: EnvironmentParts['secrets']): Promise<EnvironmentParts['issuers']> {
    return this.steps.run('Starting the demo identity provider', () =>
      startDemoIssuers({
        issuers: this.issuers,
        legacyFlows: this.legacyFlows,
        port: this.issuerPort,
        keysFile: join(this.data.path, 'demo-keys.json'),
        secrets,
        site: this.addresses.site,
        given: this.given,
        onError: this.show,
      }),
    );
  }

  private async startBackend(parts: EnvironmentParts): Promise<void> {
    const child = NodeProcess.start({
      name: 'backend',
      script: repository.backendProgram,
      cwd: repository.root,
      env: backendEnvironment(parts),
      onOutput: this.show,
      onError: this.show,
    });
    await untilHealthy(new URL('/health/ready', this.addresses.backend).href, child);
  }

  private async startFrontend(parts: EnvironmentParts): Promise<void> {
    const child = NodeProcess.start({
      name: 'frontend',
      script: repository.frontendProgram,
      cwd: repository.frontend,
      env: frontendEnvironment(parts),
      onError: this.show,
    });
    await untilHealthy(this.addresses.frontend.href, child);
  }

  private sayWhere(issuers: EnvironmentParts['issuers']): void {
    const { site, backend } = this.addresses;
    const issuer = issuers.GOOGLE_ISSUER ?? issuers.AUTH0_ISSUER?.replace(/\/$/, '');
    this.steps.say(`
  Open              ${site.origin}
  API with its docs ${backend.origin}/docs${issuer ? `\n  A token by curl   curl -d person=ada ${issuer}/demo/token` : ''}
  Ctrl-C stops everything; your data stays in ${this.data.path}
`);
  }

  private readonly show = (line: string): void => this.steps.say(line);
}
