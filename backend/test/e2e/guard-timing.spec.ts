import { describeOnPostgres } from '../support/describe-on-server';
import { startTestApp, type TestApp } from '../support/test-app';

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

/** The pairs of tokens whose refusals differ in their time; that they differ in nothing else is expected. */
async function toldApart(app: TestApp, tokens: Record<'unknown' | 'expired' | 'revoked', string>): Promise<string[]> {
  const samples = { unknown: [] as number[], expired: [] as number[], revoked: [] as number[] };
  const answers = new Set<string>();
  const ask = async (name: keyof typeof samples): Promise<void> => {
    const start = performance.now();
    const { status, text, headers } = await app.api('/accounts/me', { token: tokens[name] });
    samples[name].push(performance.now() - start);
    answers.add(`${status} ${headers.get('www-authenticate')} ${text}`);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await ask('unknown');
    await ask('expired');
    await ask('revoked');
  }
  expect([...answers]).toHaveLength(1);
  const pairs = [
    ['unknown', 'expired'],
    ['unknown', 'revoked'],
    ['expired', 'revoked'],
  ] as const;
  // A difference that a t-test sees may still be one of microseconds: it counts from a tenth of the answer on.
  const areTold = ([one, other]: (typeof pairs)[number]): boolean =>
    Math.abs(welchT(samples[one], samples[other])) > 4.5 &&
    Math.abs(median(samples[one]) / median(samples[other]) - 1) > 0.1;
  return pairs.filter(areTold).map((pair) => pair.join(' and '));
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

      const tokens = { unknown, expired, revoked };
      // What a machine does besides can tell two tokens apart once; a difference that is there is there every time.
      let told = await toldApart(app, tokens);
      for (let repeats = 0; told.length > 0 && repeats < 2; repeats += 1) {
        const again = await toldApart(app, tokens);
        told = told.filter((pair) => again.includes(pair));
      }
      expect(told).toEqual([]);
    } finally {
      await app.stop();
      await temporary.drop();
    }
  }, 60_000);
});
