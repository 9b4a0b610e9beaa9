import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { AccountsService, type VerifiedIdentity } from '../../../src/social-auth';
import { startHostApp, type HostApp } from '../../support/host-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

/** Keeps the statements that TypeORM sends. */
class StatementLog extends AbstractLogger {
  readonly statements: string[] = [];

  protected override writeLog(_level: LogLevel, messages: LogMessage | LogMessage[]): void {
    for (const { type, message } of [messages].flat()) {
      if (type === 'query') this.statements.push(String(message).replace(/\s+/g, ' ').trim());
    }
  }

  protected override isLogEnabledFor(): boolean {
    return true;
  }
}

let idp: DemoIdentityProvider;
let database: TestDatabase;
let host: HostApp;
const log = new StatementLog('all');

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
  database = await createTestDatabase();
  host = await startHostApp({ adapter: 'fastify', database: database.url, idp });
  Object.assign(host.dataSource, { logger: log });
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

/** The statements of one sign-in, by their first words; those that begin and end the transaction are left out. */
async function statementsOf(identity: VerifiedIdentity): Promise<string[]> {
  log.statements.splice(0);
  const now = Date.now();
  const credential = { identity, clientId: 'web', issuedAt: new Date(now), expiresAt: new Date(now + 60_000) };
  const client = { address: undefined, userAgent: undefined, requestId: undefined };
  await host.app.get(AccountsService).signIn({ ...credential, kind: 'id_token' }, client);
  expect([log.statements[0], log.statements.at(-1)]).toEqual(['START TRANSACTION', 'COMMIT']);
  return log.statements.slice(1, -1);
}

describe('the round trips of a sign-in', () => {
  beforeEach(() => host.dataSource.query('truncate social_auth_account cascade'));

  const tokenAndLog = [
    expect.stringMatching(/social_auth_token/) as string,
    expect.stringMatching(/^insert into social_auth_token /) as string,
    expect.stringMatching(/^insert into social_auth_event /) as string,
  ];
  const find = expect.stringMatching(/^with known as .* for no key update .* update social_auth_identity /) as string;

  it('of somebody who returns are one for account and identity, beside those of the token and of the log', async () => {
    await statementsOf(ada);
    expect(await statementsOf(ada)).toEqual([find, ...tokenAndLog]);
    expect(await statementsOf({ ...ada, email: undefined, emailVerified: false })).toEqual([find, ...tokenAndLog]);
  });

  it('are two more where the profile has changed', async () => {
    await statementsOf(ada);
    expect(await statementsOf({ ...ada, name: 'Ada' })).toEqual([
      find,
      expect.stringMatching(/^UPDATE "social_auth_identity"/),
      expect.stringMatching(/^UPDATE "social_auth_account"/),
      ...tokenAndLog,
    ]);
  });

  it('of a new person take the lock of the identity before that of the address', async () => {
    const statements = await statementsOf(ada);
    const locks = statements.filter((statement) => statement.includes('pg_advisory_xact_lock'));
    expect(locks).toEqual([expect.stringContaining('unnest'), expect.stringContaining('email:')]);
    expect(statements.length).toBeLessThanOrEqual(13);
  });
});
