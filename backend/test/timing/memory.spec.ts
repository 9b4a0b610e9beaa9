import { randomBytes } from 'node:crypto';
import { METRICS_TOKEN, referenceEnvironment, SMALL_HEAP } from '../../bench/memory/backends';
import { cacheTokens, figuresIn } from '../../bench/memory/cached-tokens';
import { isBelievable } from '../../bench/memory/memory-report';
import { settlePeople } from '../../bench/memory/people';
import { runMigrations } from '../../src/app/migrate';
import { BuiltApp } from '../support/built-app';
import { describeOnPostgres } from '../support/describe-on-server';

const TOKENS = 100_000;
/** Of a whole backend with so many tokens in memory, and of each of them: what was measured, and a tenth or so. */
const MOST = { megabytes: 270, bytesPerToken: 1_400 };

afterAll(() => BuiltApp.killAll());

describeOnPostgres('the memory of a backend', (postgres) => {
  // Other systems do not tell it in /proc.
  const itOnLinux = process.platform === 'linux' ? it : it.skip;

  itOnLinux(
    'holds 100,000 tokens of as many people in little more than docs/scaling.md tells of',
    async () => {
      const database = await postgres().createDatabase();
      try {
        await runMigrations({ DATABASE_URL: database.url });
        const key = randomBytes(32);
        const tokens = await settlePeople(database.url, TOKENS, key);
        const app = await BuiltApp.start({
          ...referenceEnvironment(key),
          DATABASE_URL: database.url,
          TOKEN_CACHE_SIZE: String(TOKENS),
          NODE_OPTIONS: SMALL_HEAP.join(' '),
        });
        const figures = async () => figuresIn((await app.api('/metrics', { token: METRICS_TOKEN })).text);
        const [pid, port] = [app.process.pid ?? 0, Number(new URL(app.url).port)];
        const result = await cacheTokens({ pid, port, path: '/accounts/me', figures }, tokens);
        expect(result).toMatchObject({ cached: TOKENS });
        expect(isBelievable(TOKENS, result)).toBe(true);
        expect(result.peak / 1e6).toBeLessThan(MOST.megabytes);
        expect((result.after - result.before) / TOKENS).toBeLessThan(MOST.bytesPerToken);
        // A token that took nothing would be a token that was not there.
        expect((result.after - result.before) / TOKENS).toBeGreaterThan(100);
        expect(await app.stop()).toBe(0);
      } finally {
        await database.drop();
      }
    },
    300_000,
  );
});
