import { execFileSync } from 'node:child_process';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { MachineHome } from './machine-home';
import type { MachinePrograms } from './machine-programs';
import { ServerProgram } from './server-program';

const WORKERS = 2;

/** nginx with the configuration that is shipped, in front of backends at these ports. */
export class Balancer {
  private constructor(
    private readonly home: MachineHome,
    private readonly nginx: string,
    private readonly port: number,
    private readonly program: ServerProgram,
  ) {}

  static async start({ nginx, runner }: MachinePrograms, backends: readonly number[]): Promise<Balancer> {
    const home = new MachineHome('balancer', runner);
    const port = await freePort();
    const configuration = home.adapt('nginx/nginx.conf', 'nginx.conf', [
      ['/tmp/', `${home.path}/`],
      ['worker_processes auto;', `worker_processes ${WORKERS};`],
      ['error_log stderr warn;', 'error_log stderr notice;'],
      ['listen 8080;', `listen 127.0.0.1:${port};`],
    ]);
    const command = [nginx, '-e', 'stderr', '-c', configuration, '-g', 'daemon off;'];
    const program = new ServerProgram(command, 'TERM', home.options, () =>
      fetch(`http://127.0.0.1:${port}/health/live`),
    );
    const balancer = new Balancer(home, nginx, port, program);
    balancer.writeBackends(backends);
    await program.start();
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Balances over these from now on, as an operator does who takes one out of service. */
  async use(backends: readonly number[]): Promise<void> {
    const before = this.program.output.length;
    this.writeBackends(backends);
    const parameters = ['-e', 'stderr', '-c', `${this.home.path}/nginx.conf`, '-s', 'reload'];
    execFileSync(this.nginx, parameters, { ...this.home.options, stdio: 'pipe' });
    // The old workers go when they have answered what they had: then nobody knows the old backends any more.
    await eventually(() => {
      const gone = this.program.output.slice(before).match(/worker process \d+ exited with code 0/g);
      expect(gone).toHaveLength(WORKERS);
    });
  }

  async stop(): Promise<void> {
    await this.program.stop();
    this.home.remove();
  }

  private writeBackends(ports: readonly number[]): void {
    const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails`).join('=1 fail_timeout=2s;\n  ');
    this.home.adapt('nginx/upstream.conf', 'upstream.conf', [
      ['resolver 127.0.0.11 valid=2s;\n', ''],
      ['server backend:3001 resolve max_fails', servers],
    ]);
  }
}
