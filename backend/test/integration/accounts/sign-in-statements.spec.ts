import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { AccountsService, type SignInResult, type VerifiedIdentity } from '../../../src/social-auth';
import { startHostApp, type HostApp } from '../../support/host-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

/** What goes over the connections of a pool: statements by their texts, and how often the server was waited for. */
class WireLog {
  readonly statements: string[] = [];
  waits = 0;

  constructor(dataSource: DataSource) {
    const { master } = dataSource.driver as unknown as { master: Pool };
    master.on('acquire', (client) => {
      const { connection } = client as unknown as { connection: Watched };
      if (connection.isWatched) return;
      connection.isWatched = true;
      connection.on('message', ({ name }) => (this.waits += name === 'readyForQuery' ? 1 : 0));
      const names = new Map<string, string>();
      const { parse, bind, query } = connection;
      connection.query = (text) => {
        this.note(text);
        return query.call(connection, text);
      };
      connection.parse = (message) => {
        names.set(message.name ?? '', message.text);
        return parse.call(connection, message);
      };
      connection.bind = (message) => {
        this.note(names.get(message.statement ?? '') ?? 'of before');
        return bind.call(connection, message);
      };
    });
  }

  clear(): void {
    this.statements.splice(0);
    this.waits = 0;
  }

  private note(text: string): void {
    this.statements.push(text.replace(/\s+/g, ' ').trim());
  }
}

/** The connection under a client of pg. */
interface Watched {
  isWatched?: boolean;
  on(event: 'message', heard: (message: { name: string }) => void): void;
  query: (text: string) => void;
  parse: (message: { name?: string; text: string }) => void;
  bind: (message: { statement?: string }) => void;
}

let idp: DemoIdentityProvider;
let database: TestDatabase;
let host: HostApp;
let log: WireLog;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
  database = await createTestDatabase();
  const options = { backgroundJobs: false };
  host = await startHostApp({ adapter: 'fastify', database: database.url, idp, options });
  log = new WireLog(host.dataSource);
}, 60_000);
afterAll(async () => {
  await host.stop();
  await database.stop();
  await idp.stop();
});

const ada: VerifiedIdentity = {
  provider: 'google',
  issuer: 'https://google.example',
  subject: '1',
  email: 'ada@example.com',
  emailVerified: true,
};

function signIn(identity: VerifiedIdentity): Promise<SignInResult> {
  const now = Date.now();
  const credential = { identity, clientId: 'web', issuedAt: new Date(now), expiresAt: new Date(now + 60_000) };
  const client = { address: undefined, userAgent: undefined, requestId: undefined };
  return host.app.get(AccountsService).signIn({ ...credential, kind: 'id_token' }, client);
}

/** The statements of one sign-in on a connection that was used before, and how often the server was waited for. */
async function wireOf(identity: VerifiedIdentity): Promise<{ statements: string[]; waits: number }> {
  await host.dataSource.query('select 1');
  log.clear();
  await signIn(identity);
  return { statements: [...log.statements], waits: log.waits };
}

describe('the round trips of a sign-in', () => {
  beforeEach(() => host.dataSource.query('truncate social_auth_account cascade'));

  const lock = expect.stringMatching(
    /^select 1 from .* social_auth_identity .* for no key update of account, identity skip locked$/,
  ) as string;
  const ordinary = expect.stringMatching(
    /^with asked as .* update social_auth_identity .* insert into social_auth_token .* insert into social_auth_event /,
  ) as string;
  const find = expect.stringMatching(/^with known as .* for no key update .* update social_auth_identity /) as string;
  const tokenAndLog = [
    expect.stringMatching(/social_auth_token/) as string,
    expect.stringMatching(/^insert into social_auth_token /) as string,
    expect.stringMatching(/^insert into social_auth_event /) as string,
  ];

  it('of somebody who returns are one', async () => {
    await signIn(ada);
    const expected = { statements: [lock, ordinary], waits: 1 };
    expect(await wireOf(ada)).toEqual(expected);
    expect(await wireOf({ ...ada, email: undefined, emailVerified: false })).toEqual(expected);
  });

  it('of several people who return at once are one', async () => {
    const people = ['1', '2', '3'].map((subject) => ({ ...ada, subject, email: `${subject}@example.com` }));
    for (const person of people) await signIn(person);
    log.clear();
    await Promise.all(people.map(signIn));
    expect(log.statements).toEqual([lock, ordinary]);
    expect(log.waits).toBe(1);
  });

  it('are those of a transaction besides, where the profile has changed', async () => {
    await signIn(ada);
    expect((await wireOf({ ...ada, name: 'Ada' })).statements).toEqual([
      lock,
      ordinary,
      'START TRANSACTION',
      find,
      expect.stringMatching(/^UPDATE "social_auth_identity"/),
      expect.stringMatching(/^UPDATE "social_auth_account"/),
      ...tokenAndLog,
      'COMMIT',
    ]);
  });

  it('of a new person take the lock of the identity before that of the address', async () => {
    const { statements } = await wireOf(ada);
    const locks = statements.filter((statement) => statement.includes('pg_advisory_xact_lock'));
    expect(locks).toEqual([expect.stringContaining('unnest'), expect.stringContaining('email:')]);
    expect(statements.length).toBeLessThanOrEqual(18);
  });
});
