import { randomBytes, randomUUID } from 'node:crypto';
import { SecurityLog } from '../../../src/social-auth/security-log/security-log';
import { SocialAuthDatabase, type Statement } from '../../../src/social-auth';
import { LeakedTokens } from '../../../src/social-auth/tokens/leaked-token';
import { TokenDigest } from '../../../src/social-auth/tokens/token-digest';
import { TokenEnding } from '../../../src/social-auth/tokens/token-ending';
import { TokenFormat } from '../../../src/social-auth/tokens/token-format';
import { CLIENT, KEY, TokenHost } from './token-host';

const ENDED = '401 invalid_token';

describe('a token that was found in public', () => {
  let host: TokenHost;
  let leaked: LeakedTokens;
  /** How many statements the service has sent outside transactions, and how many transactions it has begun. */
  let sent: number;

  const leakedTokens = (database: SocialAuthDatabase, digest: TokenDigest): LeakedTokens => {
    const log = new SecurityLog(host.database);
    return new LeakedTokens(database, host.part(TokenEnding), log, new TokenFormat('nte'), digest);
  };

  beforeAll(async () => {
    host = await TokenHost.alone({ personal: { scopes: ['notes:read'] } });
    const real = host.database;
    const counted = Object.create(real, {
      query: { value: (statement: Statement) => (sent++, real.query(statement)) },
      transaction: {
        value: (work: Parameters<SocialAuthDatabase['transaction']>[0]) => (sent++, real.transaction(work)),
      },
    }) as SocialAuthDatabase;
    leaked = leakedTokens(counted, new TokenDigest([KEY]));
  }, 60_000);
  beforeEach(() => {
    sent = 0;
  });
  afterAll(() => host?.stop());

  it('costs no query where it can be none of ours', async () => {
    const { token } = await host.signIn();
    const damaged = token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a');
    for (const junk of ['', 'nte_', damaged, `${token}\n`, token.toUpperCase(), new TokenFormat('live').generate()]) {
      await leaked.report(junk, CLIENT);
    }
    expect(sent).toBe(0);
    expect(await host.use(token)).toBe('200');
  });

  it('costs one where it looks like ours and is not, nor when it was made under another key', async () => {
    await leaked.report(new TokenFormat('nte').generate(), CLIENT);
    expect(sent).toBe(1);
    const { token } = await host.signIn();
    const elsewhere = new TokenDigest([{ id: KEY.id, key: randomBytes(32) }]);
    await leakedTokens(host.database, elsewhere).report(token, CLIENT);
    expect(await host.use(token)).toBe('200');
  });

  it('ends at once with its rotations, whichever of them was found, and its owner sees it', async () => {
    const { token, accountId, id } = await host.signIn();
    const successor = await host.successorOf(token);
    expect(await leaked.report(token, CLIENT)).toBeUndefined();
    expect([await host.use(token), await host.use(successor)]).toEqual([ENDED, ENDED]);
    expect(await host.eventsOf(accountId, 'token_leaked')).toEqual([
      { type: 'token_leaked', token_id: id, client_address: '192.0.2.7', details: { ended: 2 } },
    ]);
  });

  it('leaves the other tokens of its owner alone', async () => {
    const person = randomUUID();
    const [one, other] = [await host.signIn(person), await host.signIn(person)];
    await leaked.report(one.token, CLIENT);
    expect([await host.use(one.token), await host.use(other.token)]).toEqual([ENDED, '200']);
  });

  it('may be a personal token', async () => {
    const { token } = await host.signIn();
    const { body } = await host.personalToken(token);
    await leaked.report(body.token, CLIENT);
    expect([await host.use(body.token, '/reach/notes'), await host.use(token)]).toEqual([ENDED, '200']);
  });

  it('is recorded once, also when it had ended before: its owner must look where it came from', async () => {
    const { token, accountId } = await host.signIn();
    await host.api('/auth/logout', { method: 'POST', token });
    await Promise.all([1, 2, 3].map(() => leaked.report(token, CLIENT)));
    const events = await host.eventsOf(accountId, 'token_leaked');
    expect(events).toMatchObject([{ details: { ended: 0 } }]);
  });

  it('is nothing any more once its account is gone', async () => {
    const { token, accountId } = await host.signIn();
    await host.accounts.deleteAccount(accountId);
    await expect(leaked.report(token, CLIENT)).resolves.toBeUndefined();
  });
});
