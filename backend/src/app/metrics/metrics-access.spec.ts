import { MetricsAccess } from './metrics-access';

const TOKEN = 'q8Zr2vXw5tLk9pNf3hJd7sGb1mCy4eUa';

describe('the metrics', () => {
  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `BEARER  ${TOKEN} `])('are open to %j', (header) => {
    expect(new MetricsAccess(TOKEN).allows(header)).toBe(true);
  });

  it.each([
    undefined,
    '',
    TOKEN,
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `Bearer ${TOKEN.toLowerCase()}`,
    `Bearer ${TOKEN} ${TOKEN}`,
    `Token ${TOKEN}`,
    `Basic ${Buffer.from(`metrics:${TOKEN}`).toString('base64')}`,
    'Bearer undefined',
  ])('are closed to %j', (header) => {
    expect(new MetricsAccess(TOKEN).allows(header)).toBe(false);
  });

  it('are open to whoever reaches them where there is no token', () => {
    expect(new MetricsAccess(undefined).allows(undefined)).toBe(true);
  });
});
