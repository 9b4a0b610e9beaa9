import { AcceptedSignIns } from './accepted-sign-ins';

describe('the counter of accepted sign-ins', () => {
  it('counts by provider', () => {
    const accepted = new AcceptedSignIns();
    for (const provider of ['google', 'auth0', 'google']) accepted.count(provider);
    expect([...accepted.totals]).toEqual([
      ['google', 2],
      ['auth0', 1],
    ]);
  });

  it('gives away nothing that changes afterwards', () => {
    const accepted = new AcceptedSignIns();
    accepted.count('google');
    const { totals } = accepted;
    accepted.count('google');
    expect(totals.get('google')).toBe(1);
  });
});
