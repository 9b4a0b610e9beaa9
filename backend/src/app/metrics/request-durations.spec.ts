import { Registry } from 'prom-client';
import { RequestDurations } from './request-durations';
import { registrable } from './scraped-metric';

describe('the durations of requests', () => {
  let durations: RequestDurations;
  const scrape = async (): Promise<string[]> => {
    const registry = new Registry();
    registry.registerMetric(registrable(durations));
    const lines = (await registry.metrics()).split('\n');
    return lines.filter((line) => line !== '' && !line.startsWith('#'));
  };
  beforeEach(() => (durations = new RequestDurations()));

  it('stand in the bucket of their bound and in all beyond it', async () => {
    const notes = durations.of('GET', '/notes');
    for (const ms of [1, 1.001, 9_999]) notes.observe(200, ms);
    const lines = await scrape();
    const bucket = (le: string): string =>
      `http_request_duration_seconds_bucket{method="GET",route="/notes",status="2xx",le="${le}"}`;
    expect(lines).toEqual(
      expect.arrayContaining([
        `${bucket('0.001')} 1`,
        `${bucket('0.0025')} 2`,
        `${bucket('5')} 2`,
        `${bucket('+Inf')} 3`,
        'http_request_duration_seconds_sum{method="GET",route="/notes",status="2xx"} 10.001001',
        'http_request_duration_seconds_count{method="GET",route="/notes",status="2xx"} 3',
      ]),
    );
  });

  it('are apart by the class of the status, and absent where nothing ended so', async () => {
    const notes = durations.of('GET', '/notes');
    notes.observe(401, 1);
    notes.observe(403, 1);
    durations.unrouted.observe(404, 1);
    expect((await scrape()).filter((line) => line.includes('_count'))).toEqual([
      'http_request_duration_seconds_count{method="*",route="(none)",status="4xx"} 1',
      'http_request_duration_seconds_count{method="GET",route="/notes",status="4xx"} 2',
    ]);
  });

  it('are nothing before the first request', async () => {
    durations.of('GET', '/notes');
    expect(await scrape()).toEqual([]);
  });
});
