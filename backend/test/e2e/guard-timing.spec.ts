import { describeOnPostgres } from '../support/describe-on-server';
import { startTestApp } from '../support/test-app';

const ROUNDS = 700;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Welch's t over the faster half of each sample: what the machine's other work adds lies in the slower half. */
function welchT(one: number[], other: number[]): number {
  const faster = (values: number[]): number[] => [...values].sort((a, b) => a - b).slice(0, values.length >> 1);
  const [a, b] = [faster(one), faster(other)];
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: number[], centre: number): number =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  const [meanA, meanB] = [mean(a), mean(b)];
  return (meanA - meanB) / Math.sqrt(variance(a, meanA) / a.length + variance(b, meanB) / b.length);
}

describeOnPostgres('the time of a refusal', (postgres) => {
  it('G9 gives unknown, expired and revoked tokens the same answer in about the same time', async () => {
    const temporary = await postgres().createDatabase();
    const app = await startTestApp({ database: { url: temporary.url, stop: temporary.drop } });
    try {
      const issue = async (): Promise<string> => (await app.signIn('google', 'ada')).token;
      const [unknown, expired, revoked] = [await issue(), await issue(), await issue()];
      const rows = await app.dataSource.query<{ id: string }[]>('select id from social_auth_token order by id');
      const [first, second, third] = rows.map(({ id }) => id);
      await app.dataSource.query('delete from social_auth_token where id = $1', [first]);
      await app.dataSource.query(`update social_auth_token set expires_at = now() - interval '1 hour' where id = $1`, [
        second,
      ]);
      await app.dataSource.query('update social_auth_token set revoked_at = now() where id = $1', [third]);

      const samples = { unknown: [] as number[], expired: [] as number[], revoked: [] as number[] };
      const answers = new Set<string>();
      const ask = async (name: keyof typeof samples, token: string): Promise<void> => {
        const start = performance.now();
        const { status, text, headers } = await app.api('/accounts/me', { token });
        samples[name].push(performance.now() - start);
        answers.add(`${status} ${headers.get('www-authenticate')} ${text}`);
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        await ask('unknown', unknown);
        await ask('expired', expired);
        await ask('revoked', revoked);
      }
      expect([...answers]).toHaveLength(1);
      for (const [one, other] of [
        ['unknown', 'expired'],
        ['unknown', 'revoked'],
        ['expired', 'revoked'],
      ] as const) {
        const ratio = median(samples[one]) / median(samples[other]);
        const t = welchT(samples[one], samples[other]);
        // A difference that a t-test sees may still be one of microseconds: it counts from a tenth of the answer on.
        expect({ one, other, told: Math.abs(t) > 4.5 && Math.abs(ratio - 1) > 0.1 }).toEqual({
          one,
          other,
          told: false,
        });
      }
    } finally {
      await app.stop();
      await temporary.drop();
    }
  }, 60_000);
});
