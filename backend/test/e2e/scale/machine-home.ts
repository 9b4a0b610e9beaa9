import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../support/build-once';
import type { Runner } from '../../support/postgres-installation';

/** A directory for one server, and the files that `docker/` has for it. */
export class MachineHome {
  readonly path: string;

  constructor(
    name: string,
    private readonly runner: Runner,
  ) {
    this.path = mkdtempSync(join(tmpdir(), `${name}-`));
    this.own(this.path);
  }

  /** Who starts programs here, and where. */
  get options(): { cwd: string } & Runner {
    return { cwd: this.path, ...this.runner };
  }

  /** Writes a file of `docker/` with other addresses in it. Each of them must be there: the rest is what is shipped. */
  adapt(source: string, name: string, changes: readonly (readonly [from: string, to: string])[]): string {
    let text = readFileSync(join(repository, 'docker', source), 'utf8');
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`docker/${source} has no ${JSON.stringify(from)}.`);
      text = text.replaceAll(from, to);
    }
    return this.write(name, text);
  }

  write(name: string, text: string): string {
    const path = join(this.path, name);
    writeFileSync(path, text);
    this.own(path);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private own(path: string): void {
    const { uid, gid } = this.runner;
    if (uid !== undefined) chownSync(path, uid, gid ?? uid);
  }
}
