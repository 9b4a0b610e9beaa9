import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type Revocation, Revocations, SocialAuthDatabase } from '../../../src/social-auth';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { TcpFaultProxy } from '../../support/tcp-fault-proxy';
import { FeedHost, type Signed } from './feed-host';

const BOUND_MS = 400;

const ofToken = ({ id }: Signed): Revocation => ({ kind: 'token', tokenId: id });

describeOnPostgres('revocations, as a host hears of them', (server) => {
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  /** The replica that listens. */
  let listening: FeedHost;
  let other: FeedHost;
  let unsubscribe: (() => void)[] = [];
  /** What was told in the tests before: late subscribers hear of it for a minute. */
  const past = new Set<string>();
  let told: Revocation[] = [];

  function hear(at = listening): Revocation[] {
    const heard: Revocation[] = [];
    const listener = (revocation: Revocation): void => {
      told.push(revocation);
      if (!past.has(JSON.stringify(revocation))) heard.push(revocation);
    };
    unsubscribe.push(at.host.app.get(Revocations).subscribe(listener));
    return heard;
  }
  const countReadings = (): (() => number) => {
    const asked = jest.spyOn(SocialAuthDatabase.prototype, 'query');
    return () => asked.mock.calls.filter(([{ text }]) => text.includes('pg_current_snapshot()')).length;
  };

  beforeAll(async () => {
    database = await server().createDatabase();
    proxy = await TcpFaultProxy.start(server());
    const options = { revocation: { boundMs: BOUND_MS } };
    const url = proxy.urlOf(database.url);
    listening = await FeedHost.start(url, database.url, {}, { options });
    other = await FeedHost.start(database.url, database.url);
  }, 60_000);
  afterEach(async () => {
    for (const end of unsubscribe) end();
    unsubscribe = [];
    for (const revocation of told) past.add(JSON.stringify(revocation));
    told = [];
    jest.restoreAllMocks();
    await proxy.heal();
    await other.operator.query('truncate social_auth_revocation');
  });
  afterAll(async () => {
    await other.stop();
    await listening.stop();
    await proxy.stop();
    await database.drop();
  });

  it('T6 come within the bound from another replica, and from an operator', async () => {
    const [one, two] = [await other.signIn(), await other.signIn()];
    const heard = hear();
    await sleep(BOUND_MS);
    await other.accounts.revokeToken(one.accountId, one.id);
    await sleep(BOUND_MS);
    expect(heard).toEqual([ofToken(one)]);
    await other.operator.query('update social_auth_account set disabled_at = now() where id = $1', [two.accountId]);
    await sleep(BOUND_MS);
    expect(heard).toEqual([ofToken(one), { kind: 'account', accountId: two.accountId }]);
  });

  it('come to each subscriber, those of a moment ago to late ones as well', async () => {
    const token = await other.signIn();
    await other.accounts.revokeToken(token.accountId, token.id);
    const first = hear();
    await eventually(() => expect(first).toEqual([ofToken(token)]));
    const second = hear();
    expect(second).toEqual([]);
    await eventually(() => expect(second).toEqual([ofToken(token)]));
    await sleep(BOUND_MS);
    expect([first.length, second.length]).toEqual([1, 1]);
  });

  it('cost nothing without background jobs, while nobody listens', async () => {
    const readings = countReadings();
    await sleep(BOUND_MS);
    expect(readings()).toBe(0);
    const heard = hear();
    await eventually(() => expect(readings()).toBeGreaterThan(2));
    for (const end of unsubscribe) end();
    await sleep(BOUND_MS / 4);
    const before = readings();
    const token = await other.signIn();
    await other.accounts.revokeToken(token.accountId, token.id);
    await sleep(BOUND_MS);
    expect(readings()).toBe(before);
    expect(heard).toEqual([]);
    const again = hear();
    await eventually(() => expect(again).toEqual([ofToken(token)]));
  });

  it('go on by themselves after an outage, of which is told once', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const heard = hear();
    await sleep(BOUND_MS / 2);
    await proxy.inject({ kind: 'refuse' });
    const token = await other.signIn();
    await other.accounts.revokeToken(token.accountId, token.id);
    await sleep(BOUND_MS * 2);
    expect(heard).toEqual([]);
    await proxy.heal();
    await eventually(() => expect(heard).toEqual([ofToken(token)]));
    expect(warned.mock.calls).toEqual([[{ event: 'revocations_unread', reason: 'DatabaseUnavailableError' }]]);
  });

  it('reach the other listeners when one throws', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    unsubscribe.push(
      listening.host.app.get(Revocations).subscribe(() => {
        throw new TypeError('of a listener');
      }),
    );
    const heard = hear();
    const token = await other.signIn();
    await other.accounts.revokeToken(token.accountId, token.id);
    await eventually(() => expect(heard).toEqual([ofToken(token)]));
    expect(errors).toHaveBeenCalledWith({ event: 'revocation_listener_failed', errorName: 'TypeError' });
  });

  it('come from the same process before its call returns', async () => {
    const options = { revocation: { boundMs: 60_000 } };
    const patient = await FeedHost.start(database.url, database.url, {}, { options });
    const token = await patient.signIn();
    const heard = hear(patient);
    await patient.accounts.revokeToken(token.accountId, token.id);
    expect(heard).toEqual([ofToken(token)]);
    await patient.stop();
  });

  it('keep no process from stopping', async () => {
    const stopping = await FeedHost.start(database.url, database.url);
    hear(stopping);
    await stopping.stop();
    const readings = countReadings();
    hear(stopping);
    await sleep(BOUND_MS);
    expect(readings()).toBe(0);
  });
});
