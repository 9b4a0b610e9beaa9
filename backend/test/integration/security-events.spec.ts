import { Injectable } from '@nestjs/common';
import { EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { SocialAuthDatabase, type AccountHooks, type SecurityEvent } from '../../src/social-auth';
import { callApi } from '../support/api-client';
import { eventually } from '../support/eventually';
import { startHostApp, type HostApp } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const heard: SecurityEvent[] = [];

@Injectable()
class Listener {
  @OnEvent('social-auth.*')
  hear(event: SecurityEvent): void {
    heard.push(event);
  }
}

describe('the events of the security log', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;
  const hooks: AccountHooks = {};

  const signIn = async (person: string) => {
    const { idToken } = await idp.google.issue(person);
    return callApi(`${host.url}/auth/google`, { json: { id_token: idToken } });
  };
  const events = (): Promise<{ type: string; token_id: string }[]> =>
    host.dataSource.query('select type, token_id from social_auth_event order by id');

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    host = await startHostApp({
      adapter: 'fastify',
      database: database.url,
      idp,
      imports: [EventEmitterModule.forRoot({ wildcard: true })],
      providers: [Listener],
      options: { onAccountCreated: (...given) => hooks.onAccountCreated?.(...given) ?? Promise.resolve() },
    });
  }, 60_000);
  beforeEach(async () => {
    heard.length = 0;
    delete hooks.onAccountCreated;
    await host.dataSource.query('delete from social_auth_event');
  });
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
    await idp?.stop();
  });

  it('stand in the table and reach the host, with one id, once the transaction is committed', async () => {
    const { body } = await signIn('ada');
    const [stored] = await host.dataSource.query<{ id: string; at: Date }[]>(
      `select id, at from social_auth_event where type = 'signed_in'`,
    );
    await eventually(() => expect(heard.map(({ type }) => type)).toContain('signed_in'));
    expect(heard.find(({ type }) => type === 'signed_in')).toMatchObject({
      ...stored,
      accountId: (body.account as { id: string }).id,
      provider: 'google',
      client: { address: '127.0.0.1' },
    });
  });

  it('are neither kept nor told where the transaction is rolled back', async () => {
    hooks.onAccountCreated = () => Promise.reject(new Error('the host says no'));
    expect((await signIn('wanda')).status).toBe(500);
    expect((await events()).filter(({ token_id }) => token_id !== null)).toEqual([]);
    expect(heard.filter(({ type }) => type === 'signed_in' || type === 'account_created')).toEqual([]);
  });

  it('are told by callbacks that wait for the commit, and cannot harm what is committed', async () => {
    const seam = host.app.get(SocialAuthDatabase);
    const order: string[] = [];
    await seam.transaction(async (manager) => {
      seam.afterCommit(manager, () => {
        throw new Error('a listener that fails');
      });
      seam.afterCommit(manager, () => order.push('callback'));
      await manager.query('select 1');
      order.push('work');
    });
    expect(order).toEqual(['work', 'callback']);
    expect(() => seam.afterCommit(host.dataSource.manager, () => undefined)).toThrow(/transaction/);
  });
});
