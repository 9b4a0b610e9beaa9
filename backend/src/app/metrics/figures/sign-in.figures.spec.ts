import { AcceptedSignIns, RefusalCounter } from '../../../social-auth';
import { outcomeOf, signInFigures } from './sign-in.figures';

describe('the figures of sign-ins', () => {
  it.each([
    ['provider_token_expired', 'refused'],
    ['too_many_requests', 'refused'],
    ['provider_unavailable', 'failed'],
    ['internal_error', 'failed'],
    ['http_418', 'refused'],
    ['http_502', 'failed'],
    ['others', 'refused'],
    ['toString', 'refused'],
  ])('call %s %s', (code, outcome) => {
    expect(outcomeOf(code)).toBe(outcome);
  });

  it('tell providers, outcomes and codes apart', () => {
    const accepted = new AcceptedSignIns();
    const refusals = new RefusalCounter();
    accepted.count('google');
    refusals.count('google', 'provider_token_expired');
    refusals.count('auth0', 'database_unavailable');
    expect(signInFigures(accepted, refusals)[0]?.read()).toEqual([
      { labels: { provider: 'google', outcome: 'accepted', code: '' }, value: 1 },
      { labels: { provider: 'google', outcome: 'refused', code: 'provider_token_expired' }, value: 1 },
      { labels: { provider: 'auth0', outcome: 'failed', code: 'database_unavailable' }, value: 1 },
    ]);
  });
});
