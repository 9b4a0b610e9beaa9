import { SocialAuthDatabase } from '../../src/social-auth';
import { AccountClient } from '../support/account-client';
import type { ApiAnswer } from '../support/api-client';
import { startTestApp, type TestApp } from '../support/test-app';

const NEVER_ISSUED = 'nte_B1tvZGiFBcCcYneL3l9kgaKS9Xelud7CGyxZisF88g24LL3zh';

describe('a report of a leaked token', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startTestApp();
  }, 60_000);
  beforeEach(() => server.dataSource.query('truncate social_auth_account, social_auth_event cascade'));
  afterAll(() => server?.stop());

  const report = (token: unknown): Promise<ApiAnswer> => server.api('/auth/tokens/leaked', { json: { token } });
  const visible = ({ status, text, headers }: ApiAnswer): unknown[] => [
    status,
    text,
    [...headers.keys()].filter((name) => name !== 'x-request-id').sort(),
  ];

  it('L6 ends the token at once, and its owner reads of it', async () => {
    const [ada, other] = [await AccountClient.of(server), await AccountClient.of(server)];
    const { id } = await ada.currentSession();
    expect((await report(ada.token)).status).toBe(204);
    expect(await ada.state()).toEqual([401, 'invalid_token']);
    expect(await other.state()).toEqual([200, undefined]);
    expect((await other.events())[0]).toMatchObject({
      type: 'token_leaked',
      token_id: id,
      provider: 'google',
      client_address: '127.0.0.1',
      by_administrator: false,
    });
  });

  it('L6 ends a personal token, and the successor of a rotated one', async () => {
    const ada = await AccountClient.of(server);
    const personal = await ada.makePersonalToken();
    await report(personal.token);
    expect(await new AccountClient(server, personal.token).state()).toEqual([401, 'invalid_token']);
    const successor = await ada.rotate();
    await report(ada.token);
    expect(await successor.state()).toEqual([401, 'invalid_token']);
  });

  it('G9 is answered alike for ours, ended ones and junk', async () => {
    const ada = await AccountClient.of(server);
    const ours = await report(ada.token);
    expect([ours.status, ours.text]).toEqual([204, '']);
    expect(ours.headers.get('cache-control')).toBe('no-store');
    for (const token of [ada.token, NEVER_ISSUED, 'junk', 'ghp_0123456789', ' ', '\0', '💾', 'x'.repeat(16_000)]) {
      expect([token, ...visible(await report(token))]).toEqual([token, ...visible(ours)]);
    }
  });

  it('T2 costs no query if it is junk', async () => {
    const query = jest.spyOn(server.app.get(SocialAuthDatabase), 'query');
    // The feed of revocations is read beside it.
    const lookUps = (): number => query.mock.calls.filter(([{ text }]) => text.includes('digest')).length;
    for (const token of ['junk', NEVER_ISSUED.slice(0, -1), `${NEVER_ISSUED}0`]) await report(token);
    expect(lookUps()).toBe(0);
    await report(NEVER_ISSUED);
    expect(lookUps()).toBe(1);
    query.mockRestore();
  });

  it('is written down once, however often it comes', async () => {
    const [ada, other] = [await AccountClient.of(server), await AccountClient.of(server)];
    for (let times = 0; times < 3; times += 1) expect((await report(ada.token)).status).toBe(204);
    const events = (await other.events()).filter(({ type }) => type === 'token_leaked');
    expect(events).toHaveLength(1);
  });

  it.each([{}, { token: '' }, { token: 7 }, { token: null }, { token: ['x'] }, { token: 'x', more: 1 }, []])(
    'is refused with the body %j',
    async (json) => {
      const answer = await server.api('/auth/tokens/leaked', { json });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    },
  );

  it('H1 comes as JSON alone', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type };
      const answer = await server.api('/auth/tokens/leaked', { json: '{"token":"x"}', headers });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });

  it('L1 leaves nothing of the token in the logs', async () => {
    const ada = await AccountClient.of(server);
    await report(ada.token);
    expect(server.logs.text).toContain('token_leaked');
    expect(server.logs.text).not.toContain(ada.token.slice(4, 40));
  });
});

it('D1 counts reports for the address as it counts sign-ins', async () => {
  const server = await startTestApp({ settings: { RATE_LIMIT_SIGN_IN: '3' } });
  try {
    const statuses = [];
    for (let times = 0; times < 4; times += 1) {
      statuses.push((await server.api('/auth/tokens/leaked', { json: { token: 'x' } })).status);
    }
    expect(statuses).toEqual([204, 204, 204, 429]);
  } finally {
    await server.stop();
  }
});
