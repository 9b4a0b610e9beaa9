import { visibleSession } from './auth.options';

const account = { id: 'a1', email: 'ada@example.com', name: 'Ada', picture: null, provider: 'google' };
const session = { token: 'nte_secret', expiresAt: 2_000_000_000, account };
const inADay = '2033-05-19T03:33:20.000Z';

describe('what the browser sees of a session', () => {
  it('F3 is not the token of the backend, unless the site says so', () => {
    expect(JSON.stringify(visibleSession({ exposeApiToken: false }, inADay, session))).not.toContain('nte_secret');
    expect(visibleSession({ exposeApiToken: true }, inADay, session).authToken).toBe('nte_secret');
  });

  it('F13 ends when the token of the backend does', () => {
    expect(visibleSession({ exposeApiToken: false }, inADay, session).expires).toBe('2033-05-18T03:33:20.000Z');
  });
});
