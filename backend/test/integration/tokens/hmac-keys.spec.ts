import { randomBytes } from 'node:crypto';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { outcomeOf } from './token-host';
import { startTestApp, type TestApp } from '../../support/test-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const keyNamed = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

const ENDED = '401 invalid_token';

describe('exchanging the HMAC key', () => {
  const former = keyNamed('2025');
  const current = keyNamed('2026');
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let app: TestApp;

  /** Starts the server again, with other keys. */
  const withKeys = async (...keys: string[]): Promise<void> => {
    await app?.stop();
    app = await startTestApp({ idp, database, settings: { TOKEN_HMAC_KEYS: keys.join(',') } });
  };

  const use = async (token: string): Promise<string> => outcomeOf(await app.api('/accounts/me', { token }));

  const keyIds = async (): Promise<string[]> => {
    const rows = await app.dataSource.query<{ key_id: string }[]>('select key_id from social_auth_token order by id');
    return rows.map(({ key_id }) => key_id);
  };

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    await database.stop();
    await idp.stop();
  });

  it('signs nobody out while the old key stands behind the new one, and everybody who still has an old token after', async () => {
    await withKeys(former);
    const { token: old } = await app.signIn('google', 'ada');
    const { token: rotatedLater } = await app.signIn('auth0', 'ben');

    await withKeys(current, former);
    expect(await use(old)).toBe('200');
    const { token: fresh } = await app.signIn('google', 'ada');
    const rotation = await app.api('/auth/token/rotate', { method: 'POST', token: rotatedLater });
    expect(outcomeOf(rotation)).toBe('200');
    expect([await use(fresh), await use(rotation.body.token)]).toEqual(['200', '200']);
    expect(await keyIds()).toEqual(['2025', '2025', '2026', '2026']);

    await withKeys(current);
    expect([await use(old), await use(rotatedLater)]).toEqual([ENDED, ENDED]);
    expect([await use(fresh), await use(rotation.body.token)]).toEqual(['200', '200']);

    await withKeys(current, former);
    expect(await use(old)).toBe('200');
  }, 60_000);

  it('lets an old token be ended and reported under the old key', async () => {
    await withKeys(former);
    const [left, leaked] = [await app.signIn('google', 'ada'), await app.signIn('google', 'ada')];
    await withKeys(current, former);
    expect(outcomeOf(await app.api('/auth/logout', { method: 'POST', token: left.token }))).toBe('204');
    expect(outcomeOf(await app.api('/auth/tokens/leaked', { json: { token: leaked.token } }))).toBe('204');
    expect([await use(left.token), await use(leaked.token)]).toEqual([ENDED, ENDED]);
  }, 60_000);
});
