import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import * as yaml from 'prettier/plugins/yaml';
import { format } from 'prettier/standalone';
import { dataSourceOptions } from '../../src/app/database/data-source-options';
import { HTTP_TIMEOUTS } from '../../src/app/http/fastify-options';

const root = join(__dirname, '../../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The instructions of a Dockerfile, one a line, without comments. */
function instructionsOf(path: string): string[] {
  const text = textOf(path)
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The instructions of its last stage: what is in the image. */
function finalStageOf(path: string): string[] {
  const instructions = instructionsOf(path);
  return instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
}

/** What is copied out of the repository, by any stage. */
function copiedFromRepository(path: string): string[] {
  const copies = instructionsOf(path).filter((line) => line.startsWith('COPY ') && !line.includes('--from='));
  return copies.flatMap((line) => line.split(' ').slice(1, -1));
}

/** What of the answer of `docker compose config` is looked at. */
interface ComposedService {
  ports?: { host_ip: string; published: string; target: number }[];
  deploy?: { replicas?: number };
  environment?: Record<string, string>;
  depends_on?: Record<string, unknown>;
  volumes?: { target: string }[];
}

/** What Compose makes of several files: it needs no engine for that. */
function composed(
  paths: readonly string[],
  environment: Record<string, string>,
): { services: Record<string, ComposedService> } {
  const files = paths.flatMap((path) => ['--file', path]);
  const parameters = ['compose', '--env-file', devNull, ...files, 'config', '--format', 'json'];
  const { PATH, HOME, DOCKER_CONFIG } = process.env;
  const env = { PATH, HOME, ...(DOCKER_CONFIG && { DOCKER_CONFIG }), ...environment };
  const { status, stdout, stderr } = spawnSync('docker', parameters, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as { services: Record<string, ComposedService> };
}

/** Not even in CI is it a must: what the files say is looked at above as well. */
function describeWithCompose(name: string, suite: () => void): void {
  if (spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0) return describe(name, suite);
  return describe.skip(`${name} [no Compose: docker compose is not installed]`, suite);
}

describe.each(['docker/backend.Dockerfile', 'docker/frontend.Dockerfile'])('%s', (path) => {
  it('builds on the slim image of Node 24 in every stage', () => {
    const images = instructionsOf(path).filter((line) => line.startsWith('FROM '));
    expect(images.map((line) => line.split(' ')[1])).toEqual(['node:24-slim', 'node:24-slim', 'node:24-slim']);
  });

  it('runs as a user who is not root, and whom nothing changes afterwards', () => {
    const users = finalStageOf(path).filter((line) => line.startsWith('USER '));
    expect(users).toEqual(['USER 1000:1000']);
    const after = finalStageOf(path).slice(finalStageOf(path).indexOf('USER 1000:1000'));
    expect(after.filter((line) => /^(RUN|COPY|ADD) /.test(line))).toEqual([]);
  });

  it('tells by itself whether it is alive, with nothing but Node', () => {
    const check = finalStageOf(path).find((line) => line.startsWith('HEALTHCHECK '));
    expect(check).toMatch(/CMD \["node", "-e", ".*fetch\(.*\/health\/live.*process\.exit\(1\)\)"\]$/);
  });

  it('starts Node itself, so that signals reach it', () => {
    const [command = ''] = finalStageOf(path).filter((line) => line.startsWith('CMD '));
    expect(JSON.parse(command.slice(4))).toEqual(['node', expect.stringMatching(/^(backend|frontend)\/.*\.m?js$/)]);
  });

  it('S1 installs from the lock, runs no install scripts, and keeps no development package', () => {
    const installs = instructionsOf(path).filter((line) => /npm (ci|install|i)\b/.test(line));
    expect(installs).toHaveLength(2);
    expect(installs.every((line) => line.includes('npm ci --ignore-scripts '))).toBe(true);
    expect(installs[0]).toContain('--omit=dev');
    expect(finalStageOf(path).filter((line) => line.startsWith('COPY ') && line.includes('node_modules'))).toEqual([]);
  });

  it('S5 takes nothing of the demo, the tests or the repository itself into the image', () => {
    const taken = copiedFromRepository(path);
    expect(taken.filter((source) => /^\.$|dev|test|bench|docs|\.git|\.env/.test(source))).toEqual([]);
    const copies = finalStageOf(path).filter((line) => line.startsWith('COPY '));
    expect(copies.every((line) => /^COPY --from=(dependencies|build) /.test(line))).toBe(true);
  });

  it('S5 drops source maps and what installs and builds', () => {
    const all = instructionsOf(path).join('\n');
    expect(all.match(/-name '\*\.map'/g)).toHaveLength(2);
    expect(finalStageOf(path)[1]).toMatch(/^RUN rm -rf .*\/npm .*\/npx .*\/corepack/);
  });

  it('copies files that exist', () => {
    expect(copiedFromRepository(path).filter((source) => !existsSync(join(root, source)))).toEqual([]);
  });
});

describe('.dockerignore', () => {
  const rules = textOf('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  it('S5 lets in what it names and nothing else', () => {
    expect(rules[0]).toBe('*');
    const named = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
    expect(named.filter((path) => /dev|test|docs|\.git|\.env|\.data/.test(path))).toEqual([]);
    const needed = ['docker/backend.Dockerfile', 'docker/frontend.Dockerfile'].flatMap(copiedFromRepository);
    const isNamed = (path: string): boolean => named.some((name) => path === name || path.startsWith(`${name}/`));
    expect(needed.filter((path) => !isNamed(path))).toEqual([]);
  });

  it.each(['**/node_modules', '**/.env*', '**/*.spec.ts', 'frontend/.next', 'frontend/test'])(
    'S5 keeps %s out, after everything that is let in',
    (rule) => {
      const lastExemption = rules.findLastIndex((other) => other.startsWith('!'));
      expect(rules.indexOf(rule)).toBeGreaterThan(lastExemption);
    },
  );
});

describe('docker/compose.yaml', () => {
  const text = textOf('docker/compose.yaml');

  it('is well-formed', async () => {
    await expect(format(text, { parser: 'yaml', plugins: [yaml] })).resolves.toContain('services:');
  });

  it.each([
    'POSTGRES_PASSWORD',
    'POSTGRES_APP_PASSWORD',
    'TOKEN_HMAC_KEYS',
    'FRONTEND_SHARED_SECRET',
    'NEXTAUTH_SECRET',
  ])('L4 refuses to start without %s, and has no value for it', (name) => {
    expect(text).toContain(`${name}: \${${name}:?`);
    const values = [...text.matchAll(new RegExp(`^ +${name}: (.*)$`, 'gm'))].map(([, value]) => value);
    expect(values.filter((value) => !value?.startsWith(`\${${name}`))).toEqual([]);
  });

  it('lets the backend work as a role that owns nothing, and migrate as the one that owns the tables', () => {
    const addresses = [...text.matchAll(/^ +(DATABASE_\w+): (.*)$/gm)].map(([, name, value]) => [name, value]);
    expect(addresses).toEqual([
      ['DATABASE_URL', 'postgres://app:${POSTGRES_APP_PASSWORD}@postgres:5432/app'],
      ['DATABASE_DIRECT_URL', 'postgres://app_owner:${POSTGRES_PASSWORD}@postgres:5432/app'],
    ]);
    expect(text).not.toContain('POSTGRES_USER');
  });

  it('makes those roles with a script that is there, and is given what it reads', () => {
    const [, path = ''] = /^ +- \.\/(\S+):\/docker-entrypoint-initdb\.d\/\S+\.sql:ro$/m.exec(text) ?? [];
    const script = textOf(`docker/${path}`);
    expect([...script.matchAll(/^\\set \w+ (\w+)$/gm)].map(([, role]) => role)).toEqual(['app_owner', 'app']);
    const needed = [...script.matchAll(/^\\getenv \w+ (\w+)$/gm)].map(([, name]) => name);
    expect(needed).toEqual(['POSTGRES_PASSWORD', 'POSTGRES_APP_PASSWORD']);
    for (const name of needed) expect(text).toMatch(new RegExp(`^ {6}${name}: \\$\\{${name}:\\?`, 'm'));
  });

  it('publishes its ports to this machine alone, and that of the database not at all', () => {
    const ports = [...text.matchAll(/^ +- (\S*\d+:\d+)$/gm)].map(([, port]) => port);
    expect(ports).toEqual(['127.0.0.1:3001:3001', '127.0.0.1:3000:3000']);
  });

  it('starts each part when the one below it is healthy', () => {
    expect(text.match(/condition: service_\w+/g)).toEqual(['condition: service_healthy', 'condition: service_healthy']);
    expect(text.match(/^ {4}healthcheck:$/gm)).toHaveLength(2);
  });

  it('names a major version for every image that it does not build', () => {
    expect(text.match(/^ +image: .*$/gm)).toEqual([expect.stringMatching(/image: postgres:\d+$/)]);
  });

  it('gives both servers a read-only file system and no privileges', () => {
    expect(text.match(/<<: \*service/g)).toHaveLength(2);
    expect(text).toMatch(/&service[^]*read_only: true[^]*cap_drop: \[ALL\][^]*no-new-privileges:true[^]*services:/);
  });
});

describe('docker/compose.scale.yaml', () => {
  const text = textOf('docker/compose.scale.yaml');
  /** What stands under the name of a service. */
  const serviceOf = (name: string): string =>
    new RegExp(`^  ${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(text)?.[1] ?? '';

  it('is well-formed', async () => {
    await expect(format(text, { parser: 'yaml', plugins: [yaml] })).resolves.toContain('services:');
  });

  it('lays over the services of compose.yaml and adds the rest', () => {
    const servicesOf = (path: string): string[] => {
      const [, services = ''] = textOf(path).split(/^services:$/m);
      return [...services.replace(/^volumes:[^]*/m, '').matchAll(/^ {2}([\w-]+):$/gm)].map(([, name = '']) => name);
    };
    const laid = servicesOf('docker/compose.scale.yaml');
    expect(laid).toEqual(expect.arrayContaining(servicesOf('docker/compose.yaml')));
    expect(laid).toEqual(expect.arrayContaining(['postgres-standby', 'pgbouncer', 'redis', 'balancer']));
  });

  it.each(['POSTGRES_REPLICATION_PASSWORD'])('L4 refuses to start without %s, and has no value for it', (name) => {
    expect(text).toContain(`${name}: \${${name}:?`);
    const values = [...text.matchAll(/^ +\w*PASSWORD: (.*)$/gm)].map(([, value]) => value);
    expect(values.filter((value) => !value?.startsWith('${POSTGRES_'))).toEqual([]);
  });

  it('sends the backends through the pooler, and past it what belongs to a session', () => {
    const addresses = [...text.matchAll(/^ +(DATABASE_\w+): (.*)$/gm)].map(([, name, value]) => [name, value]);
    expect(addresses).toEqual([
      ['DATABASE_URL', 'postgres://app:${POSTGRES_APP_PASSWORD}@pgbouncer:6432/app'],
      ['DATABASE_DIRECT_URL', 'postgres://app_owner:${POSTGRES_PASSWORD}@postgres:5432/app'],
    ]);
  });

  it('lets nobody but the standby itself know of the standby', () => {
    for (const name of ['backend', 'pgbouncer', 'balancer', 'frontend'])
      expect(serviceOf(name)).not.toContain('standby');
    expect(textOf('docker/pgbouncer/pgbouncer.ini').match(/host=\S+/g)).toEqual(['host=postgres']);
  });

  it('publishes the load balancer alone, to this machine alone', () => {
    const ports = [...text.matchAll(/^ +- (\S*\d+:\d+)$/gm)].map(([, port]) => port);
    expect(ports).toEqual(['127.0.0.1:3001:8080']);
    expect(serviceOf('backend')).toContain('ports: !reset []');
  });

  it('mounts files that exist, and runs scripts that may be run', () => {
    const mounted = [...text.matchAll(/^ +- \.\/(\S+?):\/\S+:ro$/gm)].map(([, path = '']) => `docker/${path}`);
    expect(mounted).toHaveLength(4);
    for (const path of mounted) expect(existsSync(join(root, path))).toBe(true);
    for (const path of mounted.filter((name) => name.endsWith('.sh'))) {
      expect(statSync(join(root, path)).mode & 0o111).toBe(0o111);
    }
  });

  it('names a version for every image that it does not build', () => {
    const images = [...text.matchAll(/^ +image: (.*)$/gm)].map(([, image]) => image);
    expect(images).toEqual(['postgres:17', 'redis:7', 'nginx:1.28']);
    expect(textOf('docker/compose.yaml')).toContain('image: postgres:17\n');
  });

  it('gives what it adds, but for the database, a read-only file system and no privileges', () => {
    for (const name of ['pgbouncer', 'redis', 'balancer']) {
      for (const line of ['read_only: true', 'cap_drop: [ALL]', 'security_opt: [no-new-privileges:true]']) {
        expect(serviceOf(name)).toContain(line);
      }
    }
  });
});

describeWithCompose('docker/compose.yaml and docker/compose.scale.yaml, as Compose understands them', () => {
  const secrets = {
    POSTGRES_PASSWORD: 'p1',
    POSTGRES_APP_PASSWORD: 'p2',
    POSTGRES_REPLICATION_PASSWORD: 'p3',
    TOKEN_HMAC_KEYS: 'k1:key',
    FRONTEND_SHARED_SECRET: 's1',
    NEXTAUTH_SECRET: 's2',
  };
  const one = ['docker/compose.yaml'];
  const scaled = [...one, 'docker/compose.scale.yaml'];

  it('begin with one backend that this machine alone reaches', () => {
    const { services } = composed(one, secrets);
    expect(Object.keys(services).sort()).toEqual(['backend', 'frontend', 'postgres']);
    expect(services.backend?.ports).toEqual([expect.objectContaining({ host_ip: '127.0.0.1', published: '3001' })]);
  });

  it('end with as many as are wanted, which the load balancer alone reaches', () => {
    const { services } = composed(scaled, { ...secrets, BACKENDS: '5' });
    expect(services.backend?.deploy?.replicas).toBe(5);
    expect(services.backend?.ports).toBeUndefined();
    expect(services.balancer?.ports).toEqual([
      expect.objectContaining({ host_ip: '127.0.0.1', published: '3001', target: 8080 }),
    ]);
    expect(composed(scaled, secrets).services.backend?.deploy?.replicas).toBe(3);
  });

  it('keep of each service what the other file says', () => {
    const { services } = composed(scaled, secrets);
    expect(services.backend?.environment).toMatchObject({
      DATABASE_URL: 'postgres://app:p2@pgbouncer:6432/app',
      TOKEN_HMAC_KEYS: 'k1:key',
      MIGRATE_ON_START: 'true',
    });
    expect(Object.keys(services.backend?.depends_on ?? {}).sort()).toEqual(['pgbouncer', 'postgres', 'redis']);
    expect(services.postgres?.volumes?.map(({ target }) => target)).toEqual(
      expect.arrayContaining([
        '/docker-entrypoint-initdb.d/roles.sql',
        '/docker-entrypoint-initdb.d/scale.sh',
        '/var/lib/postgresql/data',
      ]),
    );
  });

  it.each(Object.keys(secrets))('L4 do not start without %s', (name) => {
    expect(() => composed(scaled, { ...secrets, [name]: '' })).toThrow(
      new RegExp(`required variable ${name} is missing`),
    );
  });
});

describe('docker/pgbouncer.Dockerfile', () => {
  const path = 'docker/pgbouncer.Dockerfile';

  it('runs as a user who is not root', () => {
    expect(finalStageOf(path)).toContain('USER 1000:1000');
  });

  it('copies what stands below docker/, its context', () => {
    expect(copiedFromRepository(path)).toEqual(['pgbouncer/pgbouncer.ini']);
    expect(existsSync(join(root, 'docker/pgbouncer/pgbouncer.ini'))).toBe(true);
  });

  it('L4 has no password in the image', () => {
    expect(textOf(path)).toContain('$POSTGRES_APP_PASSWORD');
    expect(finalStageOf(path).filter((line) => /^(ARG|ENV) /.test(line))).toEqual([]);
  });
});

describe('docker/pgbouncer/pgbouncer.ini', () => {
  const text = textOf('docker/pgbouncer/pgbouncer.ini');
  const settingOf = (name: string): string | undefined => new RegExp(`^${name} = (.*)$`, 'm').exec(text)?.[1];

  it('lends connections for a transaction, with named statements', () => {
    expect(settingOf('pool_mode')).toBe('transaction');
    expect(Number(settingOf('max_prepared_statements'))).toBeGreaterThan(0);
  });

  it('takes what the server says when it connects', () => {
    const { extra } = dataSourceOptions({
      url: '',
      directUrl: '',
      poolMax: 2,
      preparedStatements: true,
      migrateOnStart: false,
    });
    const said = Object.keys(extra).filter((name) => /_timeout$/.test(name) && name !== 'query_timeout');
    expect(said).toHaveLength(2);
    expect(settingOf('ignore_startup_parameters')?.split(',')).toEqual(expect.arrayContaining(said));
    for (const name of said) expect(textOf('docker/postgres/scale.sh')).toContain(`ALTER ROLE app SET ${name} = `);
  });
});

describe('docker/nginx', () => {
  it('keeps connections for a shorter time than the backend does', () => {
    const [, seconds] = /keepalive_timeout (\d+)s;/.exec(textOf('docker/nginx/upstream.conf')) ?? [];
    expect(Number(seconds) * 1000).toBeLessThan(HTTP_TIMEOUTS.keepAlive);
  });

  it('D1 drops what a client says of its address', () => {
    const text = textOf('docker/nginx/nginx.conf');
    expect(text.match(/X-Forwarded-For .*;/g)).toEqual(['X-Forwarded-For $remote_addr;']);
    expect(text).not.toContain('$proxy_add_x_forwarded_for');
  });

  it('never sends a request again that must not be repeated', () => {
    expect(textOf('docker/nginx/nginx.conf').match(/proxy_next_upstream .*;/g)).toEqual([
      'proxy_next_upstream error timeout;',
    ]);
  });
});
