import type { Pool } from 'pg';
import { startTestApp, type TestApp } from '../support/test-app';

describe('a database of one session, as the embedded one is', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });
  afterAll(() => server?.stop());

  /** As the pool does by itself when a connection has been idle for some seconds. */
  async function replaceConnection(): Promise<void> {
    const { master } = server.dataSource.driver as unknown as { master: Pool };
    const client = await master.connect();
    client.release(true);
  }

  it('answers guarded requests over every new connection', async () => {
    const { token } = await server.signIn('google', 'ada');
    for (let connection = 0; connection < 3; connection++) {
      expect((await server.api('/accounts/me', { token })).status).toBe(200);
      await replaceConnection();
    }
  });
});
