import type { GuardRefusals } from '../../../social-auth';
import type { Figure } from './figure';

/** What the guard did not let in. */
export function guardFigures(refusals: GuardRefusals): Figure[] {
  return [
    {
      name: 'social_auth_guard_refusals_total',
      help: 'Requests that the guard did not let in, by code of the error.',
      type: 'counter',
      labels: ['code'],
      read: () => [...refusals.totals].map(([code, value]) => ({ labels: { code }, value })),
    },
  ];
}
