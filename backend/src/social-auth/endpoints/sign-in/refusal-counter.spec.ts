import { RefusalCounter } from './refusal-counter';

describe('the counter of refusals', () => {
  it('counts by provider and code', () => {
    const counter = new RefusalCounter();
    counter.count('google', 'provider_token_expired');
    counter.count('auth0', 'provider_token_expired');
    counter.count('google', 'provider_token_expired');
    counter.count('google', 'http_403');
    expect(counter.totals).toEqual([
      { provider: 'google', code: 'provider_token_expired', count: 2 },
      { provider: 'auth0', code: 'provider_token_expired', count: 1 },
      { provider: 'google', code: 'http_403', count: 1 },
    ]);
  });

  it('D8 holds so many pairs and no more, and goes on counting those that it knows', () => {
    const counter = new RefusalCounter();
    for (let number = 0; number < 1_500; number += 1) counter.count(`provider-${number}`, 'invalid_request');
    counter.count('provider-0', 'invalid_request');
    expect(counter.totals).toHaveLength(1_001);
    expect(counter.totals[0]).toEqual({ provider: 'provider-0', code: 'invalid_request', count: 2 });
    expect(counter.totals.at(-1)).toEqual({ provider: 'others', code: 'others', count: 500 });
  });

  it('gives away nothing that can be changed', () => {
    const counter = new RefusalCounter();
    counter.count('google', 'invalid_request');
    (counter.totals[0] as { count: number }).count = 9;
    expect(counter.totals[0]?.count).toBe(1);
  });
});
