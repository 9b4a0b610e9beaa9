import { describeOnPostgres } from '../support/describe-on-server';
import { startTestApp, type TestApp } from '../support/test-app';
import { expectNoAgreement, inTurns, quantile, type Findings } from './measurements';

const ROUNDS = 700;
/** A difference that a t-test sees may still be one of microseconds: it counts from a tenth of the answer on. */
const TOLD = { t: 4.5, part: 0.1 };

type Kind = 'unknown' | 'expired' | 'revoked';

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
async function toldApart(app: TestApp, tokens: Record<Kind, string>): Promise<Findings> {
  const answers = new Set<string>();
  const ask = (name: Kind) => async () => {
    const { status, text, headers } = await app.api('/accounts/me', { token: tokens[name] });
    answers.add(`${status} ${headers.get('www-authenticate')} ${text}`);
  };
  const samples = await inTurns(ROUNDS, { unknown: ask('unknown'), expired: ask('expired'), revoked: ask('revoked') });
  expect([...answers]).toHaveLength(1);
  const pairs: [Kind, Kind][] = [
    ['unknown', 'expired'],
    ['unknown', 'revoked'],
    ['expired', 'revoked'],
  ];
  const told = pairs.flatMap(([one, other]) => {
    const t = welchT(samples[one], samples[other]);
    const part = quantile(samples[one]) / quantile(samples[other]) - 1;
    if (Math.abs(t) <= TOLD.t || Math.abs(part) <= TOLD.part) return [];
    return [[`${one} and ${other}`, `t ${t.toFixed(1)}, ${(part * 100).toFixed(0)} %`]];
  });
  return Object.fromEntries(told) as Findings;
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
      await expectNoAgreement(() => toldApart(app, { unknown, expired, revoked }));
    } finally {
      await app.stop();
      await temporary.drop();
    }
  }, 120_000);
});
